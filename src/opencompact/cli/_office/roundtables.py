"""The invented roundtables: a pool of contacts, one planned, one whose profile could not be met, one held with its points."""

from datetime import datetime, timedelta

from opencompact.cli._office import AFFAIRS, EXAMPLES, SECRET, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.cli._office.ledger import lead
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.queries.roundtables import Roundtable, invitees, roundtables
from opencompact.convening.rules.draw import quotas_of
from opencompact.registry import load_catalogue

_REGIONS = ("London", "London", "South East", "North West", "North West", "West Midlands", "South West", "East Midlands", "East of England", "North East")
_SIZES, _ROLES = ("Large", "Small", "Micro", "Medium", "Small", "Major"), ("Infrastructure", "Frontline", "Frontline", "User led", "Infrastructure")
_HEADS = ("name", "organisation", "email", "region", "size", "sub sector", "role", "last invited", "what they think")


def plant(at: datetime) -> None:
    """Put the pool and the three."""
    terms = load_catalogue().vocabularies
    headers = {str(term["field"]): [str(name) for name in term["headers"]] for term in terms["pool-columns"].terms}
    values: dict[str, dict[str, str]] = {}
    for term in terms["pool-values"].terms:
        values.setdefault(str(term["attribute"]), {})[str(term["label"]).lower()] = str(term["value"])
    rows = [
        (f"Sample Person {n}", f"Sample Charity {n}", f"person{n}@sample.invalid", _REGIONS[n % 10], _SIZES[n % 6], "Arts", _ROLES[n % 5],
         (at - timedelta(days=70 * (n % 13))).date() if n % 3 else None, "never kept")
        for n in range(120)
    ]  # fmt: skip
    actions.import_pool([_HEADS, *rows], headers=headers, values=values, by=BY, at=at)
    _plan("sample-planned", "What small bodies need of tenders", 30, at)
    row = _draw(_plan("sample-invited", "Grants, and how long they run", 20, at), at)
    actions.send_invitations(row.key, version=row.version, by=BY, at=at)
    for place in invitees(BY, row)[:9]:
        actions.answer_place(place, accepts=place.pk % 4 != 0, at=at)
    _held(at)


def _plan(key: str, subject: str, days: int, at: datetime) -> Roundtable:
    on = (at + timedelta(days=days)).date()
    return actions.plan_roundtable(
        key, subject=subject, on=on, where="Room 2, or by telephone", seats=20, profile="whole-country", held_text=f"Notes of the office: {SECRET}",
        replies_due_on=on + timedelta(days=40), by=BY, at=at,
    )  # fmt: skip


def _draw(row: Roundtable, at: datetime) -> Roundtable:
    terms = load_catalogue().vocabularies
    shares = [
        (str(t["attribute"]), str(t["value"]), float(t["least"]), float(t["most"])) for t in terms["roundtable-profiles"].terms if t["profile"] == row.profile
    ]
    words = {str(term["value"]): str(term["label"]) for term in terms["pool-values"].terms}
    drawn, _ = actions.draw_places(row.key, quotas=quotas_of(shares, row.seats), words=words, seed=2031, version=row.version, by=BY, at=at)
    return drawn


def _held(at: datetime) -> None:
    row = _draw(_plan("sample-held", "What the record does not show", -60 + 90, at - timedelta(days=90)), at - timedelta(days=80))
    actions.send_invitations(row.key, version=row.version, by=BY, at=at - timedelta(days=80))
    places = invitees(BY, row)
    for place in places:
        actions.answer_place(place, accepts=True, at=at - timedelta(days=70))
    row = roundtables().get(pk=row.pk)
    actions.hold(row.key, came=[place.pk for place in places[:17]], version=row.version, by=BY, at=at)
    first = actions.make_point(row.key, text="The forms ask the same thing three times.", body=EXAMPLES, speaker="Sample Person 4", by=BY, at=at)
    actions.make_point(row.key, text="Nobody told us that the grant would end.", body=WORKS, speaker="", by=BY, at=at)
    actions.make_point(row.key, text="Meetings are all in one city.", body=AFFAIRS, speaker="", by=BY, at=at)
    actions.reply(first.pk, text="One form from next year.", by=lead(EXAMPLES), at=at)
    actions.tell_change(first.pk, text="The new form is out.", by=lead(EXAMPLES), at=at)
