"""The ink every picture is drawn with: elements, the one palette, hatching, and an across-axis in per cent so that text keeps its size at any width."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

INK: Final = "#1d2b33"
QUIET: Final = "#55636c"
LINE: Final = "#c5ced3"
GREY: Final = "#93a1a9"
PALE: Final = "#e7ecee"
HIGHLIGHT: Final = "#b3460b"
CALM: Final = "#0b5d7a"
FONT: Final = "'Atkinson Hyperlegible Next Variable', system-ui, Arial, sans-serif"
# The plot's left and right edge, in per cent of the picture's width: what is left of it holds the row names.
LEFT, RIGHT = 12.0, 98.0


Attributes = dict[str, str | float | None]


@dataclass(frozen=True)
class Picture:
    """A drawn picture: the finding as `title`, unit and population as `subtitle`, what it shows in words as `says`, and the SVG."""

    title: str
    subtitle: str
    says: str
    svg: str


def el(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element; attribute values are escaped, `_` in names stands for `-`, a trailing one is dropped, and None leaves an attribute out."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(_number(given))}"' for key, given in attributes.items() if given is not None)
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text(said: str, x: str, y: float, *, anchor: str = "start", colour: str = INK, size: float = 14, weight: str | None = None) -> str:
    """A line of text; a white halo keeps it readable over lines."""
    return el(
        "text",
        escape(said),
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        fill=colour,
        font_size=size,
        font_weight=weight,
        paint_order="stroke",
        stroke="#fff",
        stroke_width=3,
        stroke_linejoin="round",
    )


def hover(said: str) -> str:
    """What a pointer resting on the mark is told."""
    return el("title", escape(said))


def across(part: float) -> str:
    """Where a part of the axis, from 0 to 1, lies in the picture's width."""
    return f"{_number(LEFT + part * (RIGHT - LEFT))}%"


def along(part: float) -> str:
    """How wide a part of the axis is."""
    return f"{_number(part * (RIGHT - LEFT))}%"


def upright(part: float, top: float, bottom: float, *, colour: str = LINE, width: float = 1, dashes: str | None = None) -> str:
    """A vertical line."""
    return el("line", x1=across(part), x2=across(part), y1=top, y2=bottom, stroke=colour, stroke_width=width, stroke_dasharray=dashes)


def hatch(key: str, *, colour: str = QUIET, ground: str = "#fff") -> str:
    """The pattern for what is missing or cannot be told, to be filled with `url(#hatch-key)`."""
    stripes = el("rect", width=7, height=7, fill=ground) + el("line", x1=0, y1=0, x2=0, y2=7, stroke=colour, stroke_width=3)
    return el("defs", el("pattern", stripes, id=f"hatch-{key}", width=7, height=7, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"))


def stretched(*shapes: str, top: float, height: float) -> str:
    """Shapes drawn in a box 1000 wide and 100 high, stretched over the plot."""
    return el(
        "svg", *shapes, x=f"{LEFT}%", y=top, width=f"{RIGHT - LEFT}%", height=height, viewBox="0 0 1000 100", preserveAspectRatio="none", overflow="visible"
    )


def sheet(key: str, *, title: str, says: str, height: float, parts: Iterable[str], role: str = "img") -> str:
    """The whole SVG, with its name and its description for those who do not see it; one with links in it has the role `group`."""
    return el(
        "svg",
        el("title", escape(title), id=f"{key}-title"),
        el("desc", escape(says), id=f"{key}-says"),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role=role,
        aria_labelledby=f"{key}-title {key}-says",
        class_="picture",
        width="100%",
        height=height,
        font_family=FONT,
    )


def _number(given: str | float) -> str:
    return given if isinstance(given, str) else f"{round(given, 2):g}"
