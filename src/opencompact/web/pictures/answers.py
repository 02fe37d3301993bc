"""The answers about a file as bars of the whole, in one order: voluntary, other, to review, not identified (hatched)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opencompact.web.pictures import ink

_ROW, _THICK, _TOP = 50.0, 22.0, 54.0
_HATCHED = "hatched"
NAMES = ("voluntary", "other", "to review", "not identified")
_FILLS = (ink.CALM, ink.GREY, ink.HIGHLIGHT, _HATCHED)


@dataclass(frozen=True)
class Whole:
    """One bar: its name, the share of each answer from 0 to 1, and what its line says on the right."""

    name: str
    shares: tuple[float, ...]
    says: str


def of_the_whole(wholes: Iterable[Whole], *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The bars, one below another, each as wide as the picture."""
    held = list(wholes)
    says = f"{'; '.join(f'{one.name}: {_said(one)}' for one in held) or 'Nothing to show'}."
    fills = [f"url(#hatch-{key})" if fill == _HATCHED else fill for fill in _FILLS]
    parts = [ink.hatch(key), *_key(fills), *(part for place, one in enumerate(held) for part in _bar(one, fills, _TOP + place * _ROW))]
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=_TOP + _ROW * len(held) + 6, parts=parts))


def _said(one: Whole) -> str:
    return ", ".join(f"{share:.0%} {name}" for name, share in zip(NAMES, one.shares, strict=True))


def _key(fills: Sequence[str]) -> list[str]:
    """Two and two, so that four words fit on a phone."""
    parts = []
    for place, (word, fill) in enumerate(zip(NAMES, fills, strict=True)):
        box = ink.el("rect", x=1, y=1, width=16, height=14, fill=fill, stroke=ink.QUIET, stroke_width=0.5)
        parts.append(ink.el("svg", box, ink.text(word, "23", 13), x=f"{50 * (place % 2)}%", y=4 + 22 * (place // 2), overflow="visible"))
    return parts


def _bar(one: Whole, fills: Sequence[str], top: float) -> list[str]:
    parts = [ink.text(one.name, "0", top + 16, weight="700"), ink.text(one.says, "100%", top + 16, anchor="end", colour=ink.QUIET)]
    start = 0.0
    for word, fill, share in zip(NAMES, fills, one.shares, strict=True):
        if share > 0:
            wide = share * 100
            told = ink.hover(f"{one.name}, {word}: {share:.0%}")
            parts.append(ink.el("rect", told, x=f"{start:.3f}%", y=top + 22, width=f"{wide:.3f}%", height=_THICK, fill=fill, stroke="#fff", stroke_width=1))
            start += wide
    parts.append(ink.el("rect", x="0", y=top + 22, width="100%", height=_THICK, fill="none", stroke=ink.QUIET, stroke_width=0.75))
    return parts
