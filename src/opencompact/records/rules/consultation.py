"""What is worked out about one consultation: its length, the holidays inside, the response clock and the search for an explanation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opencompact.records.rules.search import Patterns, first_quote, quotes
from opencompact.values.days import TWELVE_WEEKS, HolidayWindow, count_in_words, days_open, due_on, holiday_overlap, in_words, working_days

NATION = "england-and-wales"
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Phrases:
    """Words that give a reason for a short consultation, that tell of softening it, and that show it concerns the voluntary sector."""

    explanation: Patterns
    softening: Patterns
    sector: Patterns


@dataclass(frozen=True)
class ResponseClock:
    """A rule in force from one day to another (None while in force) that wants a response within so many days of closing."""

    in_force_from: date
    in_force_to: date | None
    days: int


def response_clocks(rule_sets: Iterable[Mapping[str, Any]]) -> tuple[ResponseClock, ...]:
    """The clocks of those rows of the table `rule_sets` that set one."""
    return tuple(ResponseClock(row["in_force_from"], row["in_force_to"], row["response_days"]) for row in rule_sets if row["response_days"] is not None)


def work_out(line: Line, *, phrases: Phrases, windows: Sequence[HolidayWindow], clocks: Iterable[ResponseClock], at: datetime) -> dict[str, Any]:
    """The columns of table `consultations` that a row of `consultation_lines` does not hold, and `days_open`; raises nothing.

    A length is closing date minus opening date in days; where the dates are in the wrong order it is unknown.
    """
    days = days_open(line["opened_on"], line["closed_on"])
    due = response_due_on(line, clocks=clocks)
    return {
        "days_open": days,
        **_holidays(line, days=days, windows=windows),
        "response_due_on": due,
        "response_state": response_state(line, due=due, at=at),
        **relevance(line, sector=phrases.sector),
        **explanation(line, days=days, patterns=phrases.explanation),
        "softened_by": softening(line, days=days, patterns=phrases.softening),
    }


def response_due_on(line: Line, *, clocks: Iterable[ResponseClock]) -> date | None:
    """The last day for a response, where a rule in force on the opening day sets that clock; the soonest, should there be several."""
    opened, closed = line["opened_on"], line["closed_on"]
    if days_open(opened, closed) is None:
        return None
    days = [clock.days for clock in clocks if clock.in_force_from <= opened <= (clock.in_force_to or opened)]
    return due_on(closed, days=min(days)) if days else None


def response_state(line: Line, *, due: date | None, at: datetime) -> str | None:
    """Where the response stands under the clock; None where no clock runs.

    Overdue only where the page was read after the due day and showed none. Not due also where the day had not come when the page
    was last read. A response dated before the closing day cannot be the answer to it, so its day counts as unknown.
    """
    responded, read = line["responded_on"], line["read_on"]
    if due is None:
        return None
    if responded is not None:
        if responded < line["closed_on"]:
            return "published_on_unknown_day"
        return "in_time" if responded <= due else "late"
    if at.date() <= due or (read is not None and read <= due):
        return "not_due"
    return "not_held" if read is None else "overdue"


def relevance(line: Line, *, sector: Patterns) -> dict[str, str | None]:
    """`yes` with the words that show it, looked for in the title, the summary and the page's text; else `unknown`, never no."""
    for column in ("title", "summary", "page_text"):
        if quote := first_quote(line[column] or "", patterns=sector):
            return {"sector_relevance": "yes", "relevance_quote": quote}
    return {"sector_relevance": "unknown", "relevance_quote": None}


def explanation(line: Line, *, days: int | None, patterns: Patterns) -> dict[str, str | None]:
    """What the search for a reason found for one open under 84 days: the words and where they stand, or where was searched."""
    if days is None or days >= TWELVE_WEEKS:
        return _explained("not_needed" if days is not None else None)
    for column, place in (("page_text", _page(line)), ("summary", "the publisher's short description")):
        if quote := first_quote(line[column] or "", patterns=patterns):
            return _explained("given", quote=quote, found_in=place)
    if line["page_text"]:
        return _explained("none_found", found_in="; ".join(filter(None, (_page(line), _unread(line)))))
    return _explained("not_held", found_in="; ".join(filter(None, ("no text of the page is held", _unread(line)))))


def softening(line: Line, *, days: int | None, patterns: Patterns) -> str | None:
    """What was done to soften one open under 84 days, quoted, and a closing day moved later; None where nothing was found."""
    if days is None or days >= TWELVE_WEEKS:
        return None
    found = list(quotes(line["page_text"] or "", patterns=patterns))
    first, last = line["first_closed_on"], line["closed_on"]
    if first is not None and first < last:
        found.append(f"closing day moved from {in_words(first)} to {in_words(last)}")
    return " | ".join(found) or None


def _holidays(line: Line, *, days: int | None, windows: Sequence[HolidayWindow]) -> dict[str, Any]:
    if days is None:
        return {"working_days": None, "holiday_days": None, "holidays": None}
    opened, closed = line["opened_on"], line["closed_on"]
    overlap = holiday_overlap(opened, closed, windows=windows)
    return {"working_days": working_days(opened, closed, nation=NATION), "holiday_days": overlap.days, "holidays": "; ".join(overlap.which) or None}


def _explained(state: str | None, *, quote: str | None = None, found_in: str | None = None) -> dict[str, str | None]:
    return {"explanation": state, "explanation_quote": quote, "explanation_found_in": found_in}


def _page(line: Line) -> str:
    return f"the page read on {in_words(line['read_on'])}" if line["read_on"] else "the page, read on a day not held"


def _unread(line: Line) -> str:
    """What is said of attached documents whose words were not searched."""
    documents, read = line["documents"], line["documents_read"] or 0
    if documents is None:
        return "how many documents it had is not held"
    if documents <= read:
        return ""
    if read:
        return f"{documents - read} of its {count_in_words(documents, 'document')} were not read"
    return f"its {count_in_words(documents, 'document')} {'was' if documents == 1 else 'were'} not read"
