"""Money as horizontal bars from nought, always in one order: identified voluntary, identified other, unidentified (hatched)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opencompact.web.pictures import ink

_ROW, _THICK, _TOP = 50.0, 20.0, 34.0


@dataclass(frozen=True)
class Sum:
    """One bar: a period or a body, its three parts in pounds, and what its line says on the right."""

    name: str
    voluntary: Decimal
    other: Decimal
    unidentified: Decimal
    says: str

    @property
    def parts(self) -> tuple[Decimal, Decimal, Decimal]:
        """The three parts in their order; a part that is a credit on balance has no length and its figure is in the table."""
        return max(self.voluntary, Decimal(0)), max(self.other, Decimal(0)), max(self.unidentified, Decimal(0))


def bars(sums: Iterable[Sum], *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The bars, one below another, on one scale."""
    held = list(sums)
    most = max((sum(one.parts) for one in held), default=Decimal(0)) or Decimal(1)
    says = "; ".join(f"{one.name}: {one.says}" for one in held) or "Nothing to show"
    parts = [ink.hatch(key), *_key(key), *(part for place, one in enumerate(held) for part in _bar(one, most, _TOP + place * _ROW, key))]
    return ink.Picture(title, subtitle, f"{says}.", ink.sheet(key, title=title, says=says, height=_TOP + _ROW * len(held) + 6, parts=parts))


def _fills(key: str) -> Sequence[tuple[str, str]]:
    return (("voluntary", ink.CALM), ("other", ink.GREY), ("unidentified", f"url(#hatch-{key})"))


def _key(key: str) -> list[str]:
    parts = []
    for place, (word, fill) in enumerate(_fills(key)):
        x = (0, 31, 54)[place]
        parts.append(ink.el("svg", ink.el("rect", x=1, y=1, width=16, height=14, fill=fill, stroke=ink.QUIET, stroke_width=0.5), ink.text(word, "23", 13), x=f"{x}%", y=4, overflow="visible"))
    return parts


def _bar(one: Sum, most: Decimal, top: float, key: str) -> list[str]:
    parts = [ink.text(one.name, "0", top + 16, weight="700"), ink.text(one.says, "100%", top + 16, anchor="end", colour=ink.QUIET)]
    start = 0.0
    for (word, fill), amount in zip(_fills(key), one.parts, strict=True):
        wide = float(amount / most) * 100
        if wide:
            parts.append(ink.el("rect", ink.hover(f"{one.name}, {word}: £{amount:,.0f}"), x=f"{start:.3f}%", y=top + 22, width=f"{wide:.3f}%", height=_THICK, fill=fill))
        start += wide
    if start:
        parts.append(ink.el("rect", x="0", y=top + 22, width=f"{start:.3f}%", height=_THICK, fill="none", stroke=ink.QUIET, stroke_width=0.75))
    parts.append(ink.el("line", x1="0", x2="0", y1=top + 20, y2=top + 24 + _THICK, stroke=ink.INK, stroke_width=2))
    return parts
