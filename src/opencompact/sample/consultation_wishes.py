"""What invented consultations shall be like: one of each case that a rule turns on."""

from dataclasses import dataclass
from datetime import date

from opencompact.sample.country import Body


@dataclass(frozen=True)
class Wish:
    """What a consultation shall be like: days open, the search for a reason, the response, and whether its text is held."""

    days: int
    explained: bool = False
    response: str = ""
    sector: bool = False
    held: bool = True
    opens: date | None = None
    kind: str = "consultation"
    says_length: bool = False


@dataclass(frozen=True)
class Consultation:
    """A consultation as it is published."""

    slug: str
    body: Body
    partners: tuple[Body, ...]
    title: str
    opened_on: date
    closed_on: date
    responded_on: date | None
    sentences: tuple[str, ...]
    wish: Wish

    @property
    def days(self) -> int:
        """Closing date minus opening date."""
        return (self.closed_on - self.opened_on).days


# The first of the archive and the first of the pages: every length and case that a rule turns on.
ARCHIVE_WISHES = (
    Wish(83, explained=True, sector=True), Wish(84, sector=True), Wish(85), Wish(42), Wish(28, explained=True), Wish(14, sector=True), Wish(56, held=False),
    Wish(91, opens=date(2010, 11, 22)), Wish(98, response="in_time"), Wish(30, says_length=True),
)  # fmt: skip
PAGE_WISHES = (
    Wish(83, response="in_time", opens=date(2032, 3, 1)),
    Wish(84, response="in_time", opens=date(2032, 3, 1), sector=True),
    Wish(85, response="in_time", opens=date(2032, 3, 1)),
    Wish(84, opens=date(2032, 12, 1), response="late"),
    Wish(35, opens=date(2031, 12, 10), response="in_time", sector=True),
    Wish(42, explained=True, response="late", opens=date(2031, 5, 6), sector=True),
    Wish(42, response="overdue", opens=date(2031, 5, 6), sector=True),
    Wish(42, response="not_due", opens=date(2034, 6, 3), explained=True),
    Wish(0, opens=date(2034, 6, 20), response="not_due"),  # closes in the 2200s
    Wish(49, kind="call_for_evidence", response="overdue", opens=date(2032, 9, 1)),
    Wish(28, opens=date(2013, 2, 4), explained=True),
    Wish(42, opens=date(2013, 11, 4), sector=True),
    Wish(84, opens=date(2013, 3, 4)),
    Wish(56, opens=date(2016, 4, 4), response="in_time", sector=True),
    Wish(30, opens=date(2016, 9, 5), response="late", says_length=True),
    Wish(63, opens=date(2016, 5, 3), response="overdue", explained=True),
)
