"""A campaign's requests: the steps each authority passes, and the clock of freedom-of-information requests with its sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from opencompact.values.clocks import ANY_PART, Due, due, is_working_day
from opencompact.values.days import count_in_words, in_words

WORKING_DAYS = 20  # Freedom of Information Act 2000, section 10(1); Freedom of Information (Scotland) Act 2002, section 10(1)
REVIEW_WORKING_DAYS = 20  # for an internal review: in Scotland by section 21(1) of the Act of 2002, elsewhere as the code of practice has it

STATES: Mapping[str, str] = {
    "unsent": "Not sent yet",
    "sent": "Sent",
    "unclear": "Asks us what is meant",
    "fee": "Asks us for a fee",
    "replied": "Replied",
    "reviewing": "Asked for an internal review",
    "reviewed": "Reviewed",
}
# Verb → (states it starts from, state it ends in). Each is done by whoever may `run_campaign`.
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "send_request": (frozenset({"unsent"}), "sent"),
    "remind": (frozenset({"sent"}), "sent"),
    "record_unclear": (frozenset({"sent"}), "unclear"),
    "make_clear": (frozenset({"unclear"}), "sent"),
    "record_fee": (frozenset({"sent"}), "fee"),
    "pay_fee": (frozenset({"fee"}), "sent"),
    "extend": (frozenset({"sent"}), "sent"),
    "record_reply": (frozenset({"sent", "unclear", "fee", "replied", "reviewing", "reviewed"}), "replied"),
    "ask_review": (frozenset({"sent", "replied"}), "reviewing"),
    "answer_review": (frozenset({"reviewing"}), "reviewed"),
}


@dataclass(frozen=True)
class Days:
    """The days that decide when an answer is due; none where nothing of the kind happened."""

    sent_on: date | None
    unclear_on: date | None = None
    clarified_on: date | None = None
    fee_asked_on: date | None = None
    fee_paid_on: date | None = None
    extended_to: date | None = None


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state."""
    return state in STEPS[verb][0]


def calendar_of(nation: str) -> str:
    """Whose bank holidays are no working days: under Scotland's Act those of Scotland, under the Act of 2000 those of any part of the United Kingdom."""
    return "scotland" if nation == "scotland" else ANY_PART


def foi_due(days: Days, *, nation: str) -> Due | None:
    """The last of 20 working days after receipt, an e-mail being received the day it is sent; none before, or while the body waits for us.

    What was made clear counts as received on that day, so the days are counted anew (section 10(6) with 1(3)). Working days from a fee notice to the
    payment, both with them, do not count (section 10(2)). A body that weighs the public interest may name a later day (section 10(3)).
    """
    waits_for_us = (days.unclear_on and not days.clarified_on) or (days.fee_asked_on and not days.fee_paid_on)
    if days.sent_on is None or waits_for_us:
        return None
    paused = _paused(days, nation)
    counted = due(days.clarified_on or days.sent_on, count=WORKING_DAYS + paused, unit="working_days", nation=calendar_of(nation))
    said = counted.sum
    if days.clarified_on:
        said += f"; counted from the day the request was made clear, {in_words(days.clarified_on)}"
    if paused:
        said += f"; {WORKING_DAYS} and {paused} more, while a fee was awaited"
    if days.extended_to:
        return Due(days.extended_to, counted.left_out, f"{in_words(days.extended_to)}, the day it named to weigh the public interest; else {said}")
    return Due(counted.on, counted.left_out, said)


def review_due(asked_on: date, *, nation: str) -> Due:
    """The day an internal review should be answered by."""
    return due(asked_on, count=REVIEW_WORKING_DAYS, unit="working_days", nation=calendar_of(nation))


def clock_words(days: Days) -> str:
    """Why no day is due."""
    if days.sent_on is None:
        return "not sent yet"
    return (
        "the clock does not run until the request is made clear" if days.unclear_on and not days.clarified_on else "the clock does not run until a fee is paid"
    )


def late_by(due_on: date, today: date) -> str:
    """`3 days past it`."""
    return f"{count_in_words((today - due_on).days, 'day')} past it"


def _paused(days: Days, nation: str) -> int:
    """Working days from the fee notice to its payment, of those after the clock began."""
    if not (days.fee_asked_on and days.fee_paid_on):
        return 0
    began = days.clarified_on or days.sent_on
    length = (days.fee_paid_on - days.fee_asked_on).days + 1
    span = (days.fee_asked_on + timedelta(days=number) for number in range(length))
    return sum(is_working_day(day, nation=calendar_of(nation)) for day in span if began is None or day > began)
