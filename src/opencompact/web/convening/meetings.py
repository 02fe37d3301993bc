"""Pages of meetings and their series: the next and the past ones, who came to the last four, what people thought of them, and planning one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.queries import follows
from opencompact.accounts.rules import may, require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.convening.actions import meetings as actions
from opencompact.convening.actions.meetings_minutes import origins_of
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting, Series
from opencompact.convening.rules.meetings import CAME, COMING, HELD, LEAST_ANSWERS, POLL, POLL_DAYS, STATES
from opencompact.organisations.queries.office import body_names
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import is_closed
from opencompact.web.blocks import Bars, Block, Cell, Entry, Facts, Links, Press, Sheet, Table, Value, Words, as_csv, paged, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.promises.ledger import due_cell
from opencompact.web.words import day, plural

MEETINGS = ("/meetings/", "Meetings")
LONDON = ZoneInfo("Europe/London")
SIZE = 40
HEADS = ("Meeting", "Day", "Where", "State")
SERIES = (
    Question("title", "Title", "line", required=True, help="Such as: Council of the agreement."),
    Question("about", "What it is for", "text"),
    Question("a_year", "Meetings promised a year", "number", help="What was held is shown beside it."),
    Question("quorum", "Bodies that must come", "number", help="Leave it empty where there is no such rule."),
)
WHEN = (
    Question("on", "Day", "day", required=True),
    Question("from_time", "From", "line", required=True, help="As 10:30, the time in London."),
    Question("to_time", "To", "line", required=True, help="As 12:00."),
    Question("where", "Where, and how to take part from afar", "line"),
)


@office
def meetings(who: Asked) -> HttpResponseBase:
    """When is the next meeting, and what came of the last ones?"""
    coming, titles = list(queries.upcoming(who.at)), list(queries.series())
    past, paging = paged(queries.meetings().exclude(pk__in=[row.pk for row in coming]), at=who.page_asked, size=SIZE, address="/meetings/?")
    blocks: list[Block] = [
        Table("To come", HEADS, [_row(row) for row in coming], "None is planned. The central team plans them; each stands here from that moment."),
        Table("Past and cancelled", HEADS, [_row(row) for row in past], "None was held yet.", "Minutes are public once published."),
        paging,
        Table("Series", ("Series", "What it is for", "#Promised a year", "Calendar feed"), [_series_row(row) for row in titles], "No series is put yet."),
        Links(_links(who)),
    ]
    answer = f"The next is on {day(local(coming[0]).date())}: {coming[0].title}." if coming else "No meeting is planned."
    return shown(who, Sheet("When do we meet, and what came of it?", [answer], blocks))


def _links(who: Asked) -> list[tuple[str, str, str]]:
    own = [("/meetings/mine/", "My own calendar", "the meetings of the bodies you act for")] if who.account else []
    plans = [("/meetings/new/", "Plan a meeting", ""), ("/meetings/series/new/", "Put a new series", "")]
    return own + (plans if may(who.viewer, "plan_meeting") else [])


def _series_row(row: Series) -> tuple[Value, ...]:
    promised = Cell("not said", is_missing=True) if row.a_year is None else row.a_year
    return Cell(row.title, f"/meetings/series/{row.series}/"), row.about, promised, Cell("iCalendar", f"/meetings/series/{row.series}.ics")


def _row(row: Meeting) -> tuple[Value, ...]:
    state = {"cancelled": "quiet", "minutes_published": "good"}.get(row.state, "claim")
    return Cell(row.title, f"/meetings/{row.key}/"), Cell(day(local(row).date()), note=hours(row)), row.where, Cell(STATES[row.state], mark=state)


def local(row: Meeting) -> datetime:
    """When it begins, in London."""
    return row.starts_at.astimezone(LONDON)


def hours(row: Meeting) -> str:
    """From when to when, in London."""
    return f"{local(row):%H:%M} to {row.ends_at.astimezone(LONDON):%H:%M}"


@office
def series(who: Asked, slug: str) -> HttpResponseBase:
    """Who comes to these meetings, and what do people think of them?"""
    row = queries.series().filter(series=slug).first()
    if row is None:
        raise Http404("No such series of meetings.")
    form = blank(SERIES, _known(row))
    if who.request.method == "POST":
        require(who.viewer, "plan_meeting")
        answers, form = read(SERIES, who.request.POST.dict())
        if not form.refused:
            _record(who, slug, answers, version=version_of(who))
            return HttpResponseRedirect(f"/meetings/series/{slug}/")
    past = queries.pasts(who.viewer, before=who.at).get(slug, queries.Past((), ()))
    names = body_names()
    came = _came(past, slug, names)
    if who.request.GET.get("format") == "csv":
        return as_csv(came, f"attendance-{slug}", is_sample=who.is_sample)
    return shown(who, _series_sheet(who, row, past, [came, _owed(who, slug, names)], form), status=422 if form.refused else 200)


def _series_sheet(who: Asked, row: Series, past: queries.Past, tables: Sequence[Table], form: Form) -> Sheet:
    rows = list(queries.meetings(of=row.series)[: 3 * SIZE])
    held = [each for each in rows if each.state in HELD and each.starts_at < who.at]
    coming = min((each for each in rows if each.state in COMING and each.ends_at >= who.at), key=lambda each: each.starts_at, default=None)
    this_year = sum(local(each).year == who.today.year for each in held)
    promised = f"; {row.a_year} a year were promised" if row.a_year else ""
    never = sum(record.never for record in past.records)
    following = Cell(coming.title, f"/meetings/{coming.key}/") if coming else Cell("none planned", is_missing=True)
    blocks: list[Block] = [
        Facts([("Next", following), ("Bodies that must come", row.quorum or Cell("no such rule", is_missing=True))]),
        Words([row.about] if row.about else []),
        *tables,
        *_polls(who, held[:SIZE]),
        Table("All its meetings", HEADS, [_row(each) for each in rows], "None is planned."),
        Links([(f"/meetings/series/{row.series}.ics", "Calendar feed of this series", "changes and cancellations reach it")]),
    ]  # fmt: skip
    if who.account:
        here = f"/meetings/series/{row.series}/"
        words = "Stop following" if follows(who.account, here) else "Follow"
        blocks.append(Press([(words, {"subject": here, "back": here})], note="You are told when minutes are published.", action="/notices/follow/"))
    if may(who.viewer, "plan_meeting"):
        blocks.append(Links([(f"/meetings/new/?series={row.series}", "Plan the next", "")]))
        blocks.append(Entry(form, "Save", "", "Change what is said of the series", version=row.version, is_closed=True))
    answer = [f"{plural(this_year, 'meeting')} held so far in {who.today.year}{promised}."]
    if past.held:
        answer.append(f"Of the last {plural(len(past.held), 'meeting')}, {plural(never, 'body', 'bodies')} came to none.")
    return Sheet(f"{row.title}: who comes, and is it of use?", answer, blocks, [MEETINGS])


def _came(past: queries.Past, slug: str, names: Mapping[str, str]) -> Table:
    """Each body's record over the last meetings, the fewest first."""
    rows: list[tuple[Value, ...]] = [
        (
            Cell(names.get(record.body, record.body), note="came to none" if record.never else ""),
            *(Cell(CAME[word], is_missing=not word) for word in record.came),
            f"{record.times} of {record.recorded}",
        )
        for record in sorted(past.records, key=lambda record: (record.times, names.get(record.body, record.body)))
    ]
    heads = ("Body", *(day(local(row).date()) for row in past.held), "#Came, of those recorded")
    empty = "None was held, or none has published its minutes yet."
    note = "A deputy counts as coming. A meeting at which a body is not recorded counts neither way."
    return Table(f"Who came to the last {len(past.held) or 'meetings'}", heads, rows, empty, note, f"/meetings/series/{slug}/?format=csv")


def _polls(who: Asked, held: Sequence[Meeting]) -> list[Block]:
    """What those who came thought of each meeting, the latest first, as bars where enough answered and as a table of all."""
    said = queries.polls(held, today=who.today)
    rows: list[tuple[Value, ...]] = []
    for row in held:
        each = said[row.pk]
        why = Cell("the poll is open" if each.is_open else "too few to show", is_missing=True)
        marks: list[Value] = [f"{each.means[question]} of 5" if question in each.means else why for question in POLL]
        share = f"{each.answers} of {each.asked} ({100 * each.answers / each.asked:.0f} %)" if each.asked else Cell("who came is not put down", is_missing=True)
        rows.append((Cell(row.title, f"/meetings/{row.key}/"), *marks, share))
    heads = ("Meeting", *(f"#{title}" for title in POLL.values()), "#Answered, of bodies that came")
    note = f"Mean marks from 1 to 5; open for {POLL_DAYS} days, and shown afterwards where at least {LEAST_ANSWERS} answered."
    means = [(row, said[row.pk].means["use"]) for row in held if said[row.pk].means]
    bars = [(day(local(row).date()), round(10 * mean), f"{mean} of 5") for row, mean in means]
    table = Table("What those who came thought of it", heads, rows, "No meeting was held yet.", note)
    return [Bars(bars, "Of use to those who came, meeting by meeting"), table] if bars else [table]


def still_owed(who: Asked, series: str) -> list[ledger.Line]:
    """Commitments that came of the series' meetings and are still owed, as the viewer may see them."""
    rows = ledger.commitments(who.viewer).filter(origin__startswith=origins_of(series)).order_by("key")
    return [line for line in ledger.lines(list(rows)) if not is_closed(line.state)]


def _owed(who: Asked, series: str, names: Mapping[str, str]) -> Table:
    rows = [owed_row(line, names, who) for line in still_owed(who, series)]
    return Table("Asked or offered in its meetings, and still owed", ("What", "Who", "Due"), rows, "Nothing is owed.")


def owed_row(line: ledger.Line, names: Mapping[str, str], who: Asked) -> tuple[Value, ...]:
    """A commitment, whose it is, and when it is or was due."""
    owners = ", ".join(names.get(owner.body, owner.body) for owner in line.owners)
    return Cell(line.row.title, f"/ledger/{line.row.key}/"), owners, due_cell(line.state, who.today)


def version_of(who: Asked) -> int:
    """The version of the row that the form was opened on."""
    text = who.request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _known(row: Series) -> dict[str, str]:
    return {"title": row.title, "about": row.about, **{name: str(value) for name in ("a_year", "quorum") if (value := getattr(row, name)) is not None}}


def _record(who: Asked, slug: str, answers: Mapping[str, str], *, version: int | None) -> None:
    a_year, quorum = (int(answers[name]) if name in answers else None for name in ("a_year", "quorum"))
    actions.record_series(
        slug, title=answers["title"], about=answers.get("about", ""), a_year=a_year, quorum=quorum, version=version, by=who.viewer, at=who.at
    )  # fmt: skip


@signed_in
def new_series(who: Asked) -> HttpResponseBase:
    """Put a new series."""
    require(who.viewer, "plan_meeting")
    form = blank(SERIES)
    if who.request.method == "POST":
        answers, form = read(SERIES, who.request.POST.dict())
        if not form.refused:
            slug = slugify(answers["title"])[:60]
            _record(who, slug, answers, version=None)
            return HttpResponseRedirect(f"/meetings/series/{slug}/")
    answer = ["Meetings of one kind, such as the quarterly council. What is said of them is public."]
    return shown(who, Sheet("Put a new series", answer, [Entry(form, "Put it")], [MEETINGS]), status=422 if form.refused else 200)


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Plan a meeting."""
    require(who.viewer, "plan_meeting")
    titles = tuple(queries.series().values_list("series", "title"))
    questions = (Question("series", "Series", "choice", required=True, choices=titles), Question("title", "Title", "line", required=True), *WHEN)
    form = blank(questions, {"series": who.request.GET.get("series", "")})
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/meetings/{_plan(who, answers)}/")
            except actions.CannotMeet as refusal:
                form = refused(questions, who.request.POST.dict(), [Refusal("from_time", answers["from_time"], str(refusal))])
    answer = ["Its day and place are public at once. Whoever had a place at the last of the series has one here."]
    return shown(who, Sheet("Plan a meeting", answer, [Entry(form, "Plan it")], [MEETINGS]), status=422 if form.refused else 200)


def _plan(who: Asked, answers: Mapping[str, str]) -> str:
    starts_at, ends_at = times(answers)
    key = f"{answers['series'][:60]}-{answers['on']}"
    actions.plan_meeting(
        key, series=answers["series"], title=answers["title"], starts_at=starts_at, ends_at=ends_at, where=answers.get("where", ""), by=who.viewer, at=who.at
    )
    return key


def times(answers: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Begin and end in London's time; raises CannotMeet where they cannot be read."""
    try:
        start, end = (datetime.fromisoformat(f"{answers['on']}T{answers[name].strip():0>5}").replace(tzinfo=LONDON) for name in ("from_time", "to_time"))
    except ValueError as fault:
        raise actions.CannotMeet(f"Found the times {answers['from_time']!r} and {answers['to_time']!r}; expected them as 10:30.") from fault
    return start, end
