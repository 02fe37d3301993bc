"""How many consultations were open how many weeks: one bar a week from nought, those under 12 weeks in the highlight."""

from collections.abc import Mapping

from opencompact.web.pictures import ink

# Half a year; what lasted longer stands in the last bar, which says so.
LAST = 26
TWELVE = 12
_TOP, _HEIGHT = 44.0, 150.0


def histogram(counts: Mapping[int, int], *, key: str, title: str, subtitle: str) -> ink.Picture:
    """The bars of consultations by whole weeks open."""
    held = {week: sum(number for each, number in counts.items() if min(each, LAST) == week) for week in range(LAST + 1)}
    most = max(held.values()) or 1
    bottom = _TOP + _HEIGHT
    says = "; ".join(f"{_named(week)}: {number}" for week, number in held.items() if number) or "Nothing to show"
    wide = 1 / (LAST + 1)
    parts = [ink.el("line", x1=ink.across(0), x2=ink.across(1), y1=bottom, y2=bottom, stroke=ink.INK)]
    for week, number in held.items():
        if number:
            tall = number / most * _HEIGHT
            place: ink.Attributes = {"x": ink.across((week + 0.1) * wide), "y": bottom - tall, "width": ink.along(wide * 0.8), "height": tall}
            parts.append(ink.el("rect", ink.hover(f"{_named(week)}: {number}"), fill=ink.HIGHLIGHT if week < TWELVE else ink.GREY, **place))
    parts += [ink.upright(TWELVE * wide, _TOP - 12, bottom, colour=ink.INK, width=2), ink.upright(6 * wide, _TOP - 12, bottom, colour=ink.QUIET, dashes="4 4")]
    parts += [
        ink.text("6 weeks", ink.across(6 * wide), _TOP - 18, anchor="middle", colour=ink.QUIET),
        ink.text("12 weeks", ink.across(TWELVE * wide), _TOP - 18, anchor="middle", weight="700"),
    ]
    parts += [ink.text(f"{most:,}", "0", _TOP + 5, colour=ink.QUIET), ink.text("0", "0", bottom + 5, colour=ink.QUIET)]
    parts += [ink.text(str(week), ink.across((week + 0.5) * wide), bottom + 20, anchor="middle", colour=ink.QUIET) for week in (0, 5, 11, 17, 25)]
    parts.append(ink.text("whole weeks open; the last bar: 26 or more", "0", bottom + 40, colour=ink.QUIET))
    return ink.Picture(title, subtitle, f"{says}.", ink.sheet(key, title=title, says=says, height=bottom + 48, parts=parts))


def _named(week: int) -> str:
    return f"{LAST} weeks or more" if week == LAST else f"{week} to {week + 1} weeks"
