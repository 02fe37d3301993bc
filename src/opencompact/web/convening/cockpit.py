"""The cockpit of the next meeting: who has not replied, what is overdue, which consultations were short, which posts stand vacant."""

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpResponseBase

from opencompact.accounts import queries as accounts
from opencompact.accounts.actions import posts
from opencompact.accounts.rules import require
from opencompact.asking import queries as asking
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.organisations.queries.office import body_names, office_bodies
from opencompact.promises.queries import ledger
from opencompact.publication.queries import NoRelease
from opencompact.records.queries import short_since
from opencompact.web.blocks import Block, Cell, Sheet, Table, Value, Words, shown
from opencompact.web.convening.meetings import LONDON, MEETINGS
from opencompact.web.office import Asked, signed_in
from opencompact.web.promises.ledger import due_cell
from opencompact.web.showing import in_force
from opencompact.web.words import plural

LIST = 50


@signed_in
def cockpit(who: Asked, key: str) -> HttpResponseBase:
    """What should the chair know before this meeting?"""
    require(who.viewer, "plan_meeting")
    row = queries.meeting(who.viewer, key)
    if row is None:
        raise Http404("No such meeting.")
    names = body_names()
    held = [each for past in queries.pasts(before=row.starts_at, of=row.series) for each in past.held]
    since = held[0].starts_at.astimezone(LONDON).date() if held else None
    owed = list(asking.owed(who.viewer).filter(kind__in=("meeting_return", "attendance"), subject=key))
    waiting = {ask.body for ask in owed}
    late = ledger.lines(list(ledger.overdue(who.viewer, today=who.today)[:LIST]))
    vacant = _vacant(who)
    blocks: list[Block] = [
        Table("Has not replied", ("Body", "What is owed", "Due"), [(names.get(ask.body, ask.body), ask.title, ask.due_on) for ask in owed], _no_round(row)),
        Table(
            "Overdue in the ledger, the longest first",
            ("Commitment", "Who", "Due"),
            [
                (Cell(line.row.title, f"/ledger/{line.row.key}/"), ", ".join(names.get(o.body, o.body) for o in line.owners), due_cell(line.state, who.today))
                for line in late
            ],
            "Nothing is overdue.",
        ),
        *_moved(who, since),
        _short(since),
        Table("Posts vacant", ("Body", "Post", "#Days"), vacant, "Every post is held."),
        Words(["Cases are not kept here yet, so no issue newly raised can be shown."], "Issues newly raised"),
    ]
    answer = f"{plural(len(waiting), 'body has', 'bodies have')} not replied; {plural(len(late), 'commitment')} overdue; {plural(len(vacant), 'post')} vacant."
    return shown(who, Sheet(f"Before {row.title}: what should we know?", [answer], blocks, [MEETINGS, (f"/meetings/{key}/", row.title)]))


def _late(line: ledger.Line, names: Mapping[str, str], who: Asked) -> tuple[Value, ...]:
    owners = ", ".join(names.get(owner.body, owner.body) for owner in line.owners)
    return Cell(line.row.title, f"/ledger/{line.row.key}/"), owners, due_cell(line.state, who.today)


def _no_round(row: Meeting) -> str:
    return "Everybody asked has replied." if row.state in ("invited", "agenda_published") else "No round of returns is open for this meeting."


def _vacant(who: Asked) -> list[tuple[Value, ...]]:
    bodies = {body.body: body.name for body in office_bodies(on=who.today) if body.kind != "sector"}
    held = accounts.posts_on(who.viewer, who.today, bodies=bodies, posts=posts())
    return [
        (bodies[post.body], posts()[post.post], days if (days := post.days_vacant(who.today)) is not None else Cell("never appointed", is_missing=True))
        for post in held
        if not post.holders and post.post in ("sro", "lead")
    ]


def _moved(who: Asked, since: date | None) -> list[Block]:
    if since is None:
        return [Words(["No meeting of this series was held before, so nothing can be counted since."], "Moved since the last meeting")]
    rows: list[tuple[Value, ...]] = [
        (Cell(row.commitment.title, f"/ledger/{row.commitment.key}/"), row.on, row.text) for row in ledger.updates_since(who.viewer, since)[:LIST]
    ]
    return [Table("Moved since the last meeting", ("Commitment", "Day", "In words"), rows, "Nothing was told since.", f"Since {since:%-d %B %Y}.")]


def _short(since: date | None) -> Table:
    """Consultations of the release in force opened since the last meeting and open for less than 12 weeks."""
    heads = ("Consultation", "Body", "Opened", "#Days open")
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return Table("Consultations opened since that are short", heads, (), "No release is held, so no consultation can be shown.")
    rows: list[tuple[Value, ...]] = [
        (Cell(row["title"], f"/consultations/{row['consultation_id']}/"), row["body"], row["opened_on"], row["days_open"])
        for row in short_since(con, since=since, limit=LIST)
    ]
    empty = "The release in force holds none: none was opened since, or none is read yet."
    return Table("Consultations opened since that are short", heads, rows, empty, "Open for less than 84 days, by the release in force.")
