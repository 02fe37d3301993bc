"""Money as horizontal bars from nought, its parts always in one order; what is unidentified is hatched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opencompact.web.pictures import ink

_ROW, _THICK, _TOP = 50.0, 20.0, 34.0
HATCHED = "hatched"
# Where the keys of three parts stand: wide enough apart on the narrowest screen.
KEY_AT, EVEN = (0, 31, 56), (0, 36, 72)
# The parts of money everywhere: identified voluntary, identified other, unidentified.
IDENTIFIED = (("voluntary", ink.CALM), ("other", ink.GREY), ("unidentified", HATCHED))
# The parts of what one organisation had.
KINDS = (("payments", ink.CALM), ("grants", "#5b4a8a"), ("contracts", ink.GREY))

# The parts of what voluntary organisations had: by the size of their year's income, and by how long it runs.
SIZES = (("under £1m", ink.CALM), ("£1m or more", ink.GREY), ("not held", HATCHED))
LENGTHS = (("over a year", ink.CALM), ("a year", ink.GREY), ("not held", HATCHED))
APART = (("grants", "#5b4a8a"), ("contracts", ink.GREY))
ONE = (("", ink.CALM),)


@dataclass(frozen=True)
class Sum:
    """One bar: its name, its parts in pounds, and what its line says on the right. A part that is a credit on balance has no length."""

    name: str
    parts: tuple[Decimal, ...]
    says: str

    @property
    def lengths(self) -> tuple[Decimal, ...]:
        """What is drawn of each part."""
        return tuple(max(part, Decimal(0)) for part in self.parts)


def bars(
    sums: Iterable[Sum],
    *,
    kinds: Sequence[tuple[str, str]],
    key: str,
    title: str,
    subtitle: str,
    key_at: Sequence[int] = KEY_AT,
    is_whole: bool = False,
    unit: str = "£",
) -> ink.Picture:
    """The bars, one below another, on one scale; `kinds` are the name and fill of each part, `key_at` where its key stands in per cent of the width.

    Where `is_whole`, each bar is its own whole, so that its parts are shares and no bar is longer than another.
    """
    held = list(sums)
    most = None if is_whole else max((sum(one.lengths) for one in held), default=Decimal(0)) or Decimal(1)
    says = f"{'; '.join(f'{one.name}: {one.says}' for one in held) or 'Nothing to show'}."
    fills = [(word, f"url(#hatch-{key})" if fill == HATCHED else fill) for word, fill in kinds]
    parts = [ink.hatch(key), *_key(fills, key_at), *(part for place, one in enumerate(held) for part in _bar(one, most, fills, _TOP + place * _ROW, unit))]
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=_TOP + _ROW * len(held) + 6, parts=parts))


def _key(fills: Sequence[tuple[str, str]], key_at: Sequence[int]) -> list[str]:
    parts = []
    for at, (word, fill) in zip(key_at, fills, strict=False):
        box = ink.el("rect", x=1, y=1, width=16, height=14, fill=fill, stroke=ink.QUIET, stroke_width=0.5)
        parts.append(ink.el("svg", box, ink.text(word, "23", 13), x=f"{at}%", y=4, overflow="visible"))
    return parts


def _bar(one: Sum, most: Decimal | None, fills: Sequence[tuple[str, str]], top: float, unit: str) -> list[str]:
    parts = [ink.text(one.name, "0", top + 16, weight="700"), ink.text(one.says, "100%", top + 16, anchor="end", colour=ink.QUIET)]
    start, whole = 0.0, most or sum(one.lengths) or Decimal(1)
    for (word, fill), amount in zip(fills, one.lengths, strict=True):
        wide = float(amount / whole) * 100
        if wide:
            parts.append(
                ink.el(
                    "rect",
                    ink.hover(f"{one.name}{f', {word}' if word else ''}: {unit}{amount:,.0f}"),
                    x=f"{start:.3f}%",
                    y=top + 22,
                    width=f"{wide:.3f}%",
                    height=_THICK,
                    fill=fill,
                )
            )
        start += wide
    if start:
        parts.append(ink.el("rect", x="0", y=top + 22, width=f"{start:.3f}%", height=_THICK, fill="none", stroke=ink.QUIET, stroke_width=0.75))
    parts.append(ink.el("line", x1="0", x2="0", y1=top + 20, y2=top + 24 + _THICK, stroke=ink.INK, stroke_width=2))
    return parts
