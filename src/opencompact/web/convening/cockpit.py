"""The cockpit of the next meeting: who has not replied, what is overdue, which consultations were short, which posts stand vacant."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase

from opencompact.accounts import queries as accounts
from opencompact.accounts.actions import posts
from opencompact.accounts.rules import require
from opencompact.convening.actions.meetings_minutes import origins_of
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.convening.rules.meetings import HELD, needs_them
from opencompact.organisations.queries.office import body_names, office_bodies
from opencompact.promises.queries import ledger
from opencompact.publication.queries import NoRelease
from opencompact.records.queries import short_since
from opencompact.web.blocks import Block, Cell, Links, Sheet, Table, Value, Words, shown
from opencompact.web.convening.meetings import MEETINGS, local, owed_row
from opencompact.web.convening.meetings_returns import asked_around, chase, returned
from opencompact.web.office import Asked, signed_in
from opencompact.web.showing import in_force
from opencompact.web.words import day, plural

LIST = 50
# Posts that a body of government cannot do without: a senior responsible officer since the audit of 2012, and a lead who answers.
NEEDED = ("sro", "lead")


@signed_in
def cockpit(who: Asked, key: str) -> HttpResponseBase:
    """What should the chair know before this meeting?"""
    require(who.viewer, "plan_meeting")
    row = queries.meeting(who.viewer, key)
    if row is None:
        raise Http404("No such meeting.")
    names, last = body_names(), queries.held_before(row.starts_at, of=row.series).first()
    since = local(last).date() if last else None
    owed = [ask for ask in asked_around(who, row) if not ask.answered]
    late = ledger.overdue(who.viewer, today=who.today)
    vacant = _vacant(who)
    blocks: list[Block] = [
        *_quorum(who, row),
        chase(who, owed, names, caption="Has not replied", empty=_none_waits(row)),
        returned(who.viewer, row, names),
        _overdue(who, late.filter(origin__startswith=origins_of(row.series)), names, "Overdue of what this series asked or was offered"),
        _overdue(who, late.exclude(origin__startswith=origins_of(row.series)), names, "Overdue elsewhere in the ledger, the longest first"),
        *_moved(who, since),
        _short(since),
        Table("Posts vacant", ("Body", "Post", "#Days"), vacant, "Every senior responsible officer and lead is in post.", f"Counted on {day(who.today)}."),
        Words(["Cases are not kept here yet, so no issue newly raised can be shown."], "Issues newly raised"),
        Links([("/ledger/?overdue=yes", "Everything overdue", ""), ("/posts/", "Who is in post", ""), ("/asks/", "Everything asked", "")]),
    ]
    waiting = len({ask.body for ask in owed})
    answer = [
        f"{plural(waiting, 'body has', 'bodies have')} not replied; {plural(late.count(), 'commitment')} overdue; {plural(len(vacant), 'post')} vacant.",
        f"The last of the series was on {day(since)}." if since else "No meeting of this series was held before.",
    ]
    return shown(who, Sheet(f"Before {row.title}: what should we know?", answer, blocks, [MEETINGS, (f"/meetings/{key}/", row.title)]))


def _quorum(who: Asked, row: Meeting) -> list[Block]:
    """Whether enough come, by what they answered; once it was held, by who came."""
    series = queries.series().filter(series=row.series).first()
    places = queries.places(who.viewer, row)
    missing = needs_them({place.body: place.came if row.state in HELD else place.answer for place in places}, series.quorum if series else None)
    if missing is None or series is None:
        return []
    words = f"{plural(series.quorum or 0, 'body', 'bodies')} must come; {'enough do' if not missing else f'{missing} more must say that they do'}."
    return [Words([words], "Quorum")]


def _none_waits(row: Meeting) -> str:
    return "Nobody is asked yet: send the invitations." if row.state == "planned" else "Everybody asked has replied."


def _overdue(who: Asked, rows: QuerySet[Any], names: Mapping[str, str], caption: str) -> Table:
    held = [owed_row(line, names, who) for line in ledger.lines(list(rows[:LIST]))]
    return Table(caption, ("Commitment", "Who", "Due"), held, "Nothing is overdue.", f"The first {LIST}." if len(held) == LIST else "")


def _vacant(who: Asked) -> list[tuple[Value, ...]]:
    """Posts needed and vacant, of bodies of government in being, those vacant longest first."""
    bodies = {body.body: body.name for body in office_bodies(on=who.today) if body.kind != "sector"}
    titles = posts()
    held = accounts.posts_on(who.viewer, who.today, bodies=bodies, posts={post: titles[post] for post in NEEDED})
    empty = sorted((post for post in held if not post.holders), key=lambda post: (-(post.days_vacant(who.today) or 0), bodies[post.body]))
    never = Cell("never appointed", is_missing=True)
    return [(bodies[post.body], titles[post.post], never if (days := post.days_vacant(who.today)) is None else days) for post in empty]


def _moved(who: Asked, since: date | None) -> list[Block]:
    if since is None:
        return [Words(["No meeting of this series was held before, so nothing can be counted since."], "Moved since the last meeting")]
    updates = ledger.updates_since(who.viewer, since)
    rows: list[tuple[Value, ...]] = [(Cell(row.commitment.title, f"/ledger/{row.commitment.key}/"), row.on, row.text) for row in updates[:LIST]]
    note = f"{plural(updates.count(), 'update')} since {day(since)}."
    return [Table("Moved since the last meeting", ("Commitment", "Day", "In words"), rows, "Nothing was told since.", note)]


def _short(since: date | None) -> Table:
    """Consultations of the release in force opened since the last meeting and open for less than 12 weeks."""
    caption, heads = "Consultations opened since that are short", ("Consultation", "Body", "Opened", "#Days open")
    try:
        held = in_force()
    except NoRelease:
        return Table(caption, heads, (), "No release is held, so no consultation can be shown. A release is made by: opencompact releases build.")
    rows: list[tuple[Value, ...]] = [
        (Cell(row["title"], f"/consultations/{row['consultation_id']}/"), row["body"], row["opened_on"], row["days_open"])
        for row in short_since(held.reader.con.cursor(), since=since, limit=LIST)
    ]
    note = f"Open for less than 84 days, by release {held.reader.release.number}."
    return Table(caption, heads, rows, f"Release {held.reader.release.number} holds none: none was opened since, or none is read yet.", note)
