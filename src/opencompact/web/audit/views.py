"""The audit trail: the head of each day for everybody, by which a copy can be held against it; the events for whoever may read them."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from opencompact.accounts.rules import may, require
from opencompact.audit import queries
from opencompact.web import atom
from opencompact.web.blocks import Block, Filters, Links, Press, Sheet, Table, Words, as_csv, paged, shown
from opencompact.web.office import Asked, asked, office
from opencompact.web.words import count, day, label, plural

DAYS = 90
A_PAGE = 100
_HOW = (
    "Every change anybody makes adds an event, and each event's hash covers the event before it. Whoever keeps the head of a day can show later that "
    "nothing before it was changed, removed, put elsewhere or cut off.",
    "At the machine, `opencompact audit verify` reads the whole chain and names the first event that does not fit.",
)


@office
def trail(who: Asked) -> HttpResponseBase:
    """Does the record of what was done still hold?"""
    heads = queries.heads(limit=DAYS)
    table = _heads(heads)
    if who.request.GET.get("format") == "csv":
        return as_csv(table, "audit-heads", is_sample=who.is_sample)
    reads = may(who.viewer, "read_audit")
    blocks: list[Block] = [table, Links([("/trail/heads.atom", "The head of each day as a feed", "Atom")]), Words(_HOW, "How to check")]
    if reads:
        blocks = [*_verified(who), Links([("/trail/events/", "What was done, by whom and why", "")]), *blocks]
    answer = f"{plural(heads[0].sequence, 'event')} stand in the trail; the latest is of {day(heads[0].on)}." if heads else "Nothing was done here yet."
    return shown(who, Sheet("Does the record of what was done still hold?", [answer], blocks))


def _heads(heads: list[queries.DayHead]) -> Table:
    rows = [(head.on, head.events, head.sequence, head.hash) for head in heads]
    caption, note = "The head of each day", f"The last {DAYS} days on which something was done. Today's still grows."
    return Table(caption, ("Day", "#Events that day", "#Last event", "Its hash, SHA-256"), rows, "No event yet.", note, "/trail/?format=csv" if rows else "")


def _verified(who: Asked) -> list[Block]:
    """The button that reads the whole chain, and what it found."""
    if who.request.method != "POST":
        return [Press([("Check the whole chain now", {})])]
    broken = queries.verify()
    return [Words([f"Event {count(broken.sequence)} {broken.wrong}." if broken else "Every event held is as it was recorded."], "The chain, read now")]


def heads_feed(request: HttpRequest) -> HttpResponse:
    """The heads of the days that are over, which no honest change can touch."""
    today = asked(request).today
    over = [head for head in queries.heads(limit=DAYS) if head.on < today]
    entries = [atom.Entry("/trail/", f"{head.on}: event {head.sequence}", f"{head.sequence} {head.hash}", head.at, f"head-{head.on}") for head in over]
    return atom.feed(request, "The head of the audit trail, day by day", entries)


@office
def events(who: Asked) -> HttpResponseBase:
    """Who did what, and why?"""
    require(who.viewer, "read_audit")
    get = who.request.GET
    subject, verb = get.get("subject", "").strip(), get.get("verb", "")
    from_on = _day(get.get("from", "")) or who.today - timedelta(days=DAYS)
    verbs = queries.verbs()
    found = queries.found(subject=subject, verb=verb if verb in verbs else "", from_on=from_on)
    address = f"/trail/events/?subject={subject}&verb={verb}&from={from_on}&"
    rows, paging = paged(found, at=who.page_asked, size=A_PAGE, address=address)
    table = Table(
        "Events, the latest first",
        ("#Event", "When", "Who", "What", "To what", "Why"),
        [(event.sequence, event.at, event.by, label(event.verb), event.subject, event.because or "no reason given") for event in rows],
        "No event answers to that.",
    )
    fields: list[tuple[str, str, Mapping[str, str], str]] = [
        ("subject", "To what, or how it begins", {}, subject),
        ("verb", "What", {each: label(each) for each in verbs}, verb),
        ("from", "From the day, as 2031-04-30", {}, str(from_on)),
    ]
    crumbs = [("/trail/", "Audit trail")]
    return shown(who, Sheet("Who did what, and why?", [f"Since {day(from_on)}."], [Filters(fields, "/trail/events/"), table, paging], crumbs))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
