"""The blocks a first page is made of: what is owed, what is overdue, which posts are empty, which consultations are short, what waits to be judged."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from opencompact.accounts import queries as accounts
from opencompact.accounts.actions import posts
from opencompact.asking import queries as asking
from opencompact.judgement.queries import audits, challenges, verdicts
from opencompact.organisations.queries.office import body_names
from opencompact.promises.queries import ledger
from opencompact.publication.queries import NoRelease
from opencompact.records.queries import open_consultations, short_since
from opencompact.web.blocks import Block, Cell, Links, Table, Value, Words
from opencompact.web.office import Asked
from opencompact.web.promises.ledger import claim_cell, due_cell, finding_cell
from opencompact.web.showing import in_force
from opencompact.web.words import day, plural

FEW = 20  # rows of each list; the list itself is one link away
NO_RELEASE = "No release of the record is held here yet: `opencompact build` makes one."


def owed(who: Asked, bodies: Iterable[str], names: Mapping[str, str]) -> tuple[str, list[Block]]:
    """What the bodies owe, late ones first."""
    held = list(asking.owed(who.viewer, bodies=bodies)[:FEW])
    late = sum(ask.due_on < who.today for ask in held)
    rows = [
        (Cell(ask.title, f"/asks/{ask.pk}/"), names.get(ask.body, ask.body), Cell(day(ask.due_on), mark="late" if ask.due_on < who.today else "quiet"))
        for ask in held
    ]
    said = f"{plural(len(held), 'answer is', 'answers are')} owed, {late} of them past the day."
    return said, [Table("Owed", ("What", "By", "Due"), rows, "Nothing is owed.")]


def commitments(who: Asked, bodies: Iterable[str], *, since: int = 90) -> tuple[str, list[Block]]:
    """The bodies' commitments, the most urgent first."""
    rows = ledger.by_urgency(ledger.owned_by(ledger.commitments(who.viewer), bodies), today=who.today)
    lines = ledger.lines(list(rows[:FEW]))
    late = sum(line.state.due_on is not None and due_cell(line.state, who.today).mark == "late" for line in lines)
    moved = sum(line.state.moved_on is not None and line.state.moved_on >= who.today - timedelta(days=since) for line in lines)
    table = Table(
        "Commitments, the most urgent first",
        ("Commitment", "Due", "The owner says", "Found independently"),
        [
            (Cell(line.row.title, f"/ledger/{line.row.key}/"), due_cell(line.state, who.today), claim_cell(line.state), finding_cell(line.state))
            for line in lines
        ],
        "None is recorded for it.",
    )
    return f"Of {plural(len(lines), 'commitment')} shown, {late} are overdue; {moved} moved in the last {since} days.", [table]


def overdue_of_all(who: Asked, names: Mapping[str, str]) -> tuple[str, list[Block]]:
    """Who is slipping, body by body."""
    lines = ledger.lines(list(ledger.overdue(who.viewer, today=who.today)[:200]))
    waiting = asking.owed(who.viewer).filter(due_on__lt=who.today)
    slips: dict[str, list[int]] = {}
    for line in lines:
        for owner in line.owners:
            slips.setdefault(owner.body, [0, 0])[0] += 1
    for ask in waiting:
        slips.setdefault(ask.body, [0, 0])[1] += 1
    rows: list[tuple[Value, ...]] = [
        (Cell(names.get(body, body), f"/ledger/?body={body}&overdue=yes"), late, silent)
        for body, (late, silent) in sorted(slips.items(), key=lambda each: -sum(each[1]))
    ]
    table = Table("Who is slipping", ("Body", "#Overdue commitments", "#Answers past their day"), rows, "Nobody is late with anything.")
    return f"{plural(len(rows), 'body is', 'bodies are')} late with something.", [table, Links([("/meetings/", "The next meeting and its cockpit", "")])]


def vacant(who: Asked, bodies: Mapping[str, str]) -> tuple[str, list[Block]]:
    """Posts nobody holds."""
    titles = posts()
    held = accounts.posts_on(who.viewer, who.today, bodies=bodies, posts=titles)
    empty = [post for post in held if not post.holders and post.post in ("sro", "lead")]
    rows = [(Cell(bodies[post.body], f"/posts/{post.body}/"), titles[post.post], _days(post, who.today)) for post in empty]
    return f"{plural(len(rows), 'post')} vacant.", [Table("Posts vacant", ("Body", "Post", "#Days"), rows, "Every post is held.")]


def _days(post: accounts.Post, today: date) -> Value:
    days = post.days_vacant(today)
    return days if days is not None else Cell("never appointed", is_missing=True)


def short(bodies: Iterable[str] = ()) -> tuple[str, list[Block]]:
    """The latest consultations open for less than 12 weeks, of some bodies or of all, by the release in force."""
    heads = ("Consultation", "Body", "Opened", "#Days open")
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return NO_RELEASE, [Table("Consultations under 12 weeks", heads, (), NO_RELEASE)]
    wanted = set(bodies)
    held = [row for row in short_since(con, since=None, limit=500) if not wanted or row["slug"] in wanted][:FEW]
    rows = [(Cell(row["title"], f"/consultations/{row['consultation_id']}/"), row["body"], row["opened_on"], row["days_open"]) for row in held]
    table = Table("Consultations under 12 weeks, the latest first", heads, rows, "The release in force holds none.", "By the release in force.")
    return f"{plural(len(rows), 'consultation')} under 12 weeks shown.", [table]


def open_now(who: Asked) -> tuple[str, list[Block]]:
    """Consultations that can be answered today."""
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return NO_RELEASE, []
    rows = [
        (Cell(row["title"], f"/consultations/{row['consultation_id']}/"), row["body"], row["closed_on"], (row["closed_on"] - who.today).days)
        for row in open_consultations(con, on=who.today, limit=FEW)
    ]
    empty = "None of the release in force closes after today: it may be of an earlier year."
    return f"{plural(len(rows), 'consultation')} can be answered today.", [
        Table("Open now, the first to close first", ("Consultation", "Body", "Closes", "#Days left"), rows, empty)
    ]


def to_judge(who: Asked) -> tuple[str, list[Block]]:
    """What waits for an assessor or an auditor."""
    names = body_names()
    sign = list(verdicts.to_sign(who.viewer, today=who.today)[:FEW])
    reply = list(verdicts.to_reply(who.viewer)[:FEW])
    rows: list[tuple[Value, ...]] = [(Cell(row.key, f"/verdicts/{row.key}/"), names.get(row.body, row.body), "to be signed") for row in sign]
    rows += [(Cell(row.key, f"/verdicts/{row.key}/"), names.get(row.body, row.body), "with the body, for its reply") for row in reply]
    letters = list(audits.late_letters(who.viewer, today=who.today)[:FEW])
    open_ones = challenges.challenges(who.viewer, states=("received", "looking"), most=FEW)
    blocks: list[Block] = [
        Table("Verdicts that wait", ("Verdict", "Body", "Waits"), rows, "None waits."),
        Table("Challenges that wait", ("Reference",), [(Cell(each.reference, f"/challenges/{each.reference}/"),) for each in open_ones], "None waits."),
        Links([("/audits/", "Audits", ""), ("/releases/", "Recompute: every row, method and version", "")]),
    ]
    said = f"{plural(len(sign), 'verdict')} to sign, {len(reply)} with their bodies; {plural(len(letters), 'letter')} past the day."
    return f"{said} {plural(len(open_ones), 'challenge')} open.", blocks


def of_the_sector(who: Asked) -> tuple[str, list[Block]]:
    """What a sector body can prove: announcements without movement, and its own undertakings."""
    rows = ledger.by_urgency(ledger.commitments(who.viewer).filter(kind="announcement"), today=who.today)
    lines = ledger.lines(list(rows[:FEW]))
    still = [line for line in lines if line.state.moved_on is None or line.state.moved_on < who.today - timedelta(days=90)]
    table = Table(
        "Announcements that did not move for 90 days",
        ("Announcement", "Last movement", "The owner says"),
        [(Cell(line.row.title, f"/ledger/{line.row.key}/"), line.state.moved_on or Cell("never", is_missing=True), claim_cell(line.state)) for line in still],
        "Every announcement moved.",
    )
    words = Words(["Issues raised in confidence are not kept here yet. What the record shows can be challenged and cited now."], "Cases")
    return f"{plural(len(still), 'announcement')} did not move for 90 days.", [table, words]


def links(*each: tuple[str, str, str]) -> list[Block]:
    """Where else to look."""
    return [Links(each, "More")]


Part = tuple[str, list[Block]]
