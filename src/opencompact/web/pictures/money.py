"""Money as horizontal bars from nought, its parts always in one order; what is unidentified is hatched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opencompact.web.pictures import ink

_ROW, _THICK, _TOP = 50.0, 20.0, 34.0
HATCHED = "hatched"
# The parts of money everywhere: identified voluntary, identified other, unidentified.
IDENTIFIED = (("voluntary", ink.CALM), ("other", ink.GREY), ("unidentified", HATCHED))
# The parts of what one organisation had.
KINDS = (("payments", ink.CALM), ("grants", "#5b4a8a"), ("contracts", ink.GREY))


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


def bars(sums: Iterable[Sum], *, kinds: Sequence[tuple[str, str]], key: str, title: str, subtitle: str) -> ink.Picture:
    """The bars, one below another, on one scale; `kinds` are the name and fill of each part."""
    held = list(sums)
    most = max((sum(one.lengths) for one in held), default=Decimal(0)) or Decimal(1)
    says = f"{'; '.join(f'{one.name}: {one.says}' for one in held) or 'Nothing to show'}."
    fills = [(word, f"url(#hatch-{key})" if fill == HATCHED else fill) for word, fill in kinds]
    parts = [ink.hatch(key), *_key(fills), *(part for place, one in enumerate(held) for part in _bar(one, most, fills, _TOP + place * _ROW))]
    return ink.Picture(title, subtitle, says, ink.sheet(key, title=title, says=says, height=_TOP + _ROW * len(held) + 6, parts=parts))


def _key(fills: Sequence[tuple[str, str]]) -> list[str]:
    parts = []
    for place, (word, fill) in enumerate(fills):
        box = ink.el("rect", x=1, y=1, width=16, height=14, fill=fill, stroke=ink.QUIET, stroke_width=0.5)
        parts.append(ink.el("svg", box, ink.text(word, "23", 13), x=f"{(0, 31, 56)[place]}%", y=4, overflow="visible"))
    return parts


def _bar(one: Sum, most: Decimal, fills: Sequence[tuple[str, str]], top: float) -> list[str]:
    parts = [ink.text(one.name, "0", top + 16, weight="700"), ink.text(one.says, "100%", top + 16, anchor="end", colour=ink.QUIET)]
    start = 0.0
    for (word, fill), amount in zip(fills, one.lengths, strict=True):
        wide = float(amount / most) * 100
        if wide:
            parts.append(
                ink.el("rect", ink.hover(f"{one.name}, {word}: £{amount:,.0f}"), x=f"{start:.3f}%", y=top + 22, width=f"{wide:.3f}%", height=_THICK, fill=fill)
            )
        start += wide
    if start:
        parts.append(ink.el("rect", x="0", y=top + 22, width=f"{start:.3f}%", height=_THICK, fill="none", stroke=ink.QUIET, stroke_width=0.75))
    parts.append(ink.el("line", x1="0", x2="0", y1=top + 20, y2=top + 24 + _THICK, stroke=ink.INK, stroke_width=2))
    return parts
