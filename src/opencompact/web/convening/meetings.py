"""Pages of meetings: the next and the past ones, and one meeting from its plan to its published minutes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import may, require
from opencompact.asking.actions import ask
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.convening.actions import meetings as actions
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.convening.rules.meetings import ACTIONS, ATTENDANCE, CAME, HELD, ITEMS, RIGHTS, STATES, may_step
from opencompact.organisations.queries.office import body_names, office_bodies
from opencompact.promises.actions.ledger import record_commitment
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import is_closed
from opencompact.web.blocks import Block, Cell, Entry, Facts, Links, Press, Sheet, Table, Value, Words, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import day, plural

MEETINGS = ("/meetings/", "Meetings")
LONDON = ZoneInfo("Europe/London")
DAYS_BEFORE = 5  # by which the return and the answer to the invitation are due
PLAN = (
    Question("series", "Series", "line", required=True, help="A short name, such as council."),
    Question("title", "Title", "line", required=True),
    Question("on", "Day", "day", required=True),
    Question("from_time", "From", "line", required=True, help="As 10:30."),
    Question("to_time", "To", "line", required=True, help="As 12:00."),
    Question("where", "Where", "line"),
)
MOVE = (PLAN[2], PLAN[3], PLAN[4], PLAN[5], Question("because", "Why", "line", required=True))
ITEM = (
    Question("kind", "Kind", "choice", required=True, choices=(("item", ITEMS["item"]), ("insight", ITEMS["insight"]))),
    Question("title", "Title", "line", required=True),
    Question("text", "In words", "text"),
    Question("address", "Paper", "address"),
)
MINUTES = (
    Question("minutes", "Minutes", "text", required=True, help="Published once agreed."),
    Question("held_text", "Notes that are not published", "text", held=True),
)
MARK = tuple((str(number), words) for number, words in enumerate(("1, not at all", "2", "3", "4", "5, very"), start=1))
POLL = (
    Question("use", "Was the meeting of use to you?", "choice", required=True, choices=MARK),
    Question("topical", "Was it about what matters now?", "choice", required=True, choices=MARK),
    Question("text", "Anything to add", "text"),
)
# act → (what is asked, button, heading)
Act = tuple[tuple[Question, ...], str, str]


@office
def meetings(who: Asked) -> HttpResponseBase:
    """When is the next meeting, and what came of the last ones?"""
    if who.request.method == "POST":
        token = actions.make_feed(who.viewer, at=who.at) if who.account else ""
        address = who.request.build_absolute_uri(f"/meetings/feed/{token}.ics") if token else ""
        words = ["Put this address into your calendar. It is shown once; whoever has it sees your meetings. A new one ends the old one.", address]
        return shown(who, Sheet("Your calendar's address", words, (), [MEETINGS]))
    rows = list(queries.meetings()[:100])
    coming = [row for row in reversed(rows) if row.starts_at >= who.at and row.state != "cancelled"]
    past = [row for row in rows if row not in coming]
    heads, pasts = ("Meeting", "Day", "Where", "State"), queries.pasts(before=who.at)
    blocks: list[Block] = [
        Table("To come", heads, [_row(row) for row in coming], "None is planned."),
        Table("Past", heads, [_row(row) for row in past], "None was held yet."),
        *_series(who, pasts, rows),
        Links([(f"/meetings/series/{past.series.series}.ics", f"Calendar feed: {past.series.title}", "") for past in pasts], "Calendars"),
    ]
    if who.account:
        blocks.append(Press([("Make my own calendar address", {})], note="The meetings of the bodies you act for."))
    if may(who.viewer, "plan_meeting"):
        blocks.append(Links([("/meetings/new/", "Plan a meeting", "")]))
    answer = f"The next is on {day(coming[0].starts_at.astimezone(LONDON).date())}: {coming[0].title}." if coming else "No meeting is planned."
    return shown(who, Sheet("When do we meet, and what came of it?", [answer], blocks))


def _row(row: Meeting) -> tuple[Value, ...]:
    return Cell(row.title, f"/meetings/{row.key}/"), Cell(day(row.starts_at.astimezone(LONDON).date()), note=_hours(row)), row.where, STATES[row.state]


def _hours(row: Meeting) -> str:
    return f"{row.starts_at.astimezone(LONDON):%H:%M} to {row.ends_at.astimezone(LONDON):%H:%M}"


def _series(who: Asked, pasts: Sequence[queries.Past], rows: Sequence[Meeting]) -> list[Block]:
    """Who came to the last meetings of each series, and what the polls say over time."""
    blocks: list[Block] = []
    names = body_names()
    for past in pasts:
        heads = ("Body", *(day(row.starts_at.astimezone(LONDON).date()) for row in past.held), "#Came")
        shown_rows: list[tuple[Value, ...]] = [
            (
                Cell(names.get(record.body, record.body), note="came to none" if record.never else ""),
                *(Cell(CAME[word], is_missing=not word) for word in record.came),
                f"{record.times} of {len(record.came)}",
            )
            for record in past.records
        ]
        year = sum(row.series == past.series.series and row.state in HELD and row.starts_at.year == who.today.year for row in rows)
        promised = f" {past.series.a_year} a year were promised; {year} held so far in {who.today.year}." if past.series.a_year else ""
        note = f"The last {len(past.held)} meetings held.{promised}"
        blocks += [Table(f"Who came: {past.series.title}", heads, shown_rows, "None was held yet.", note), _polls(past)]
    return blocks


def _polls(past: queries.Past) -> Table:
    rows: list[tuple[Value, ...]] = []
    for row in past.held:
        said = past.polls[row.pk]
        few = Cell("too few to show", is_missing=True)
        marks: tuple[Value, ...] = (few, few) if said.use is None else (f"{said.use} of 5", f"{said.topical} of 5")
        rows.append((Cell(row.title, f"/meetings/{row.key}/"), *marks, f"{plural(said.answers, 'answer')}; {plural(said.asked, 'body', 'bodies')} came"))
    return Table(f"What people thought of it: {past.series.title}", ("Meeting", "Of use", "Topical", "Answered"), rows, "No meeting was held yet.")


def _times(answers: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Begin and end in London's time; raises CannotMeet."""
    try:
        start, end = (datetime.fromisoformat(f"{answers['on']}T{answers[name]}").replace(tzinfo=LONDON) for name in ("from_time", "to_time"))
    except ValueError as fault:
        raise actions.CannotMeet(f"Found the times {answers['from_time']!r} and {answers['to_time']!r}; expected them as 10:30.") from fault
    return start, end


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Plan a meeting."""
    require(who.viewer, "plan_meeting")
    form = blank(PLAN)
    if who.request.method == "POST":
        answers, form = read(PLAN, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/meetings/{_plan(who, answers)}/")
            except actions.CannotMeet as refusal:
                form = refused(PLAN, who.request.POST.dict(), [Refusal("from_time", answers["from_time"], str(refusal))])
    return shown(
        who, Sheet("Plan a meeting", ["Its day and place are public at once."], [Entry(form, "Plan it")], [MEETINGS]), status=422 if form.refused else 200
    )


def _plan(who: Asked, answers: Mapping[str, str]) -> str:
    starts_at, ends_at = _times(answers)
    series = slugify(answers["series"])
    if not queries.series().filter(series=series).exists():
        actions.record_series(series, title=answers["series"], about="", a_year=None, by=who.viewer, at=who.at)
    key = f"{series}-{answers['on']}"
    actions.plan_meeting(
        key, series=series, title=answers["title"], starts_at=starts_at, ends_at=ends_at, where=answers.get("where", ""), by=who.viewer, at=who.at
    )
    return key


@office
def meeting(who: Asked, key: str) -> HttpResponseBase:
    """One meeting."""
    row = queries.meeting(who.viewer, key)
    if row is None:
        raise Http404("No such meeting.")
    forms = _forms(who, row)
    if who.request.method != "POST":
        return _page(who, row, forms, {})
    act = who.request.POST.get("act", "")
    if act in forms:
        answers, form = read(forms[act][0], who.request.POST.dict())
        if form.refused:
            return _page(who, row, forms, {act: form}, status=422)
        try:
            _do(who, row, act, answers)
        except actions.CannotMeet as refusal:
            first = forms[act][0][0].name
            form = refused(forms[act][0], who.request.POST.dict(), [Refusal(first, who.request.POST.get(first, ""), str(refusal))])
            return _page(who, row, forms, {act: form}, status=422)
    else:
        _press(who, row, act)
    return HttpResponseRedirect(f"/meetings/{key}/")


def _own(who: Asked, row: Meeting, right: str) -> str:
    """The body the viewer acts for that has a place here and may do this."""
    bodies = [place.body for place in queries.places(who.viewer, row)]
    return next((body for body in bodies if body in who.viewer.bodies and may(who.viewer, right, body=body)), "")


def _forms(who: Asked, row: Meeting) -> dict[str, Act]:
    """What the viewer may fill in here, by act."""
    if who.account is None:
        return {}
    bodies = tuple(body_names().items())
    found: dict[str, Act] = {}
    plans, writes = may(who.viewer, "plan_meeting"), may(who.viewer, "write_minutes")
    if plans and may_step("cancel", row.state):
        found |= {"item": (ITEM, "Put it on", "Put an item on the agenda"), "move": (MOVE, "Move it", "Another day, time or place")}
    if plans and row.state in HELD:
        places = queries.places(who.viewer, row)
        questions = tuple(Question(place.body, dict(bodies).get(place.body, place.body), "choice", choices=tuple(ATTENDANCE.items())) for place in places)
        found["came"] = (questions, "Put it down", "Who came")
    if writes and may_step("draft_minutes", row.state):
        found["minutes"] = (MINUTES, "Save the draft", "Write the minutes")
    if writes and row.state in HELD:
        asked: tuple[Question, ...] = (
            Question("kind", "Kind", "choice", required=True, choices=tuple(ACTIONS.items())),
            Question("body", "Who", "choice", required=True, choices=bodies),
            Question("text", "What is to be done, or was offered", "text", required=True),
            Question("due_on", "By when", "day"),
        )
        found["action"] = (asked, "Put it down", "Put down an action or an offer")
    if _own(who, row, "answer_invitation") and row.state in ("invited", "agenda_published"):
        asked = (
            Question("answer", "Do you come?", "choice", required=True, choices=tuple(ATTENDANCE.items())[:3]),
            Question("who", "Who comes", "line", help="Seen by those who work on the agreement."),
        )
        found["coming"] = (asked, "Answer", "Answer the invitation")
    if _own(who, row, "agree_minutes") and row.state == "minutes_drafted":
        asked = (Question("agrees", "Are the minutes right?", "yes_no", required=True), Question("text", "What should change", "text"))
        found["agree"] = (asked, "Say so", "Say whether the minutes are right")
    if (
        row.state in HELD
        and any(may(who.viewer, "answer_poll", body=body) for body in who.viewer.bodies | {""})
        and not queries.has_voted(row, who.viewer.account)
    ):
        found["poll"] = (POLL, "Answer", "Two questions about this meeting")
    return found


def _do(who: Asked, row: Meeting, act: str, answers: Mapping[str, str]) -> None:
    version = _version(who)
    doing: dict[str, Callable[[], Any]] = {
        "item": lambda: actions.add_item(
            row.key, kind=answers["kind"], title=answers["title"], text=answers.get("text", ""), address=answers.get("address", ""), by=who.viewer, at=who.at
        ),
        "move": lambda: _move(who, row, answers, version),
        "came": lambda: actions.record_attendance(row.key, came=dict(answers), by=who.viewer, at=who.at),
        "minutes": lambda: actions.write_minutes(
            row.key, minutes=answers["minutes"], held_text=answers.get("held_text", ""), version=version, by=who.viewer, at=who.at
        ),
        "action": lambda: actions.raise_action(
            row.key, kind=answers["kind"], body=answers["body"], text=answers["text"],
            due_on=date.fromisoformat(answers["due_on"]) if "due_on" in answers else None, by=who.viewer, at=who.at,
        ),
        "coming": lambda: actions.answer_invitation(
            row.key, body=_own(who, row, "answer_invitation"), answer=answers["answer"], who=answers.get("who", ""), by=who.viewer, at=who.at
        ),
        "agree": lambda: actions.say_of_minutes(
            row.key, body=_own(who, row, "agree_minutes"), agrees=answers["agrees"] == "yes", text=answers.get("text", ""), by=who.viewer, at=who.at
        ),
        "poll": lambda: actions.answer_poll(row.key, use=int(answers["use"]), topical=int(answers["topical"]), text=answers.get("text", ""), by=who.viewer),
    }  # fmt: skip
    doing[act]()


def _version(who: Asked) -> int:
    text = who.request.POST.get("version", "0")
    return int(text) if text.isdigit() else 0


def _move(who: Asked, row: Meeting, answers: Mapping[str, str], version: int) -> None:
    starts_at, ends_at = _times(answers)
    actions.move_meeting(
        row.key, starts_at=starts_at, ends_at=ends_at, where=answers.get("where", ""), version=version, by=who.viewer, at=who.at, because=answers["because"]
    )


@transaction.atomic
def _press(who: Asked, row: Meeting, act: str) -> None:
    """The buttons: steps of the meeting, the returns round, and actions that become commitments."""
    if act == "commit":
        _commit(who, row, int(who.request.POST.get("action", "0")))
    elif act == "round":
        open_round(who, row)
    elif act in RIGHTS:
        bodies = [body.body for body in office_bodies(on=who.today) if body.kind in INVITED] if act == "invite" else []
        carried = [(f"/ledger/{line.row.key}/", line.row.title) for line in still_owed(who, row)] if act == "publish_agenda" else []
        actions.step(row.key, act, version=_version(who), by=who.viewer, at=who.at, bodies=bodies, carried=carried)


INVITED = ("department", "ministerial_department", "non_ministerial_department", "sector", "council")


def still_owed(who: Asked, row: Meeting) -> list[ledger.Line]:
    """Commitments that came of the series' earlier meetings and are still owed."""
    rows = ledger.commitments(who.viewer).filter(origin__startswith=f"meeting/{row.series}/").order_by("key")
    return [line for line in ledger.lines(list(rows)) if not is_closed(line.state)]


def open_round(who: Asked, row: Meeting) -> None:
    """Ask each body that has a place for its return, and whether it comes."""
    require(who.viewer, "ask")
    due = max(row.starts_at.astimezone(LONDON).date().toordinal() - DAYS_BEFORE, who.today.toordinal())
    for place in queries.places(who.viewer, row):
        for kind, words in (("meeting_return", "Return before"), ("attendance", "Do you come to")):
            ask(
                place.body, kind=kind, subject=row.key, title=f"{words}: {row.title}", due_on=date.fromordinal(due), by=who.viewer, at=who.at,
                because="the round before the meeting",
            )  # fmt: skip


def _commit(who: Asked, row: Meeting, pk: int) -> None:
    """One click: an action of the minutes becomes a commitment; both stand, or neither."""
    action = next((each for each in queries.follow_ups(who.viewer, row) if each.pk == pk and not each.commitment), None)
    if action is None:
        raise Http404("No such action that is not a commitment yet.")
    made = record_commitment(
        key=f"{row.key}-action-{pk}", kind=action.kind, title=action.text[:120], text=action.text, owners=[action.body], due_on=action.due_on,
        origin=actions.origin_of(action), visibility="public" if row.state == "minutes_published" else "shared", by=who.viewer, at=who.at,
        because=f"raised at {row.title}",
    )  # fmt: skip
    actions.became_commitment(pk, commitment=made.key, by=who.viewer)


def _page(who: Asked, row: Meeting, forms: Mapping[str, Act], written: Mapping[str, Form], *, status: int = 200) -> HttpResponseBase:
    names = body_names()
    starts = row.starts_at.astimezone(LONDON)
    known = {
        "minutes": {"minutes": row.minutes, "held_text": row.held_text},
        "move": {"on": str(starts.date()), "from_time": f"{starts:%H:%M}", "to_time": f"{row.ends_at.astimezone(LONDON):%H:%M}", "where": row.where},
        "came": {place.body: place.came or place.answer for place in queries.places(who.viewer, row)},
    }
    entries = [
        Entry(
            written.get(act) or blank(questions, known.get(act), says_visibility=act == "minutes"), button, act, heading,
            "Your answers are kept apart from your name, and cannot be found again." if act == "poll" else "", version=row.version, is_closed=True,
        )
        for act, (questions, button, heading) in forms.items()
    ]  # fmt: skip
    blocks: list[Block] = [
        Facts([("Day", starts.date()), ("Hours", _hours(row)), ("Where", row.where or None), ("State", STATES[row.state]), ("Series", row.series)]),
        *_agenda(who, row),
        _places(who, row, names),
        *_minutes(who, row, names),
        *_buttons(who, row),
        *entries,
        Links([(f"/meetings/{row.key}.ics", "Into a calendar", ""), *_more(who, row)]),
    ]
    answer = f"{day(starts.date())}, {_hours(row)}{f', {row.where}' if row.where else ''}. {STATES[row.state]}."
    return shown(who, Sheet(row.title, [answer], blocks, [MEETINGS]), status=status)


def _more(who: Asked, row: Meeting) -> list[tuple[str, str, str]]:
    return [(f"/meetings/{row.key}/cockpit/", "Before the meeting: what to know", "")] if may(who.viewer, "plan_meeting") else []


def _agenda(who: Asked, row: Meeting) -> list[Block]:
    if not queries.works_on_it(who.viewer) and row.state != "minutes_published":
        return [Words(["The agenda is shared among those who work on the agreement until the minutes are published."])]
    rows: list[tuple[Value, ...]] = [(Cell(item.title, item.address), ITEMS[item.kind], item.text) for item in queries.agenda(who.viewer, row)]
    if may_step("publish_agenda", row.state) or row.state == "planned":
        carried = [(Cell(line.row.title, f"/ledger/{line.row.key}/"), "Will be carried forward", "still owed") for line in still_owed(who, row)]
        rows = [*carried, *rows]
    return [Table("Agenda", ("Item", "Kind", "In words"), rows, "No item yet. Actions still owed put themselves on it.")]


def _places(who: Asked, row: Meeting, names: Mapping[str, str]) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            names.get(place.body, place.body),
            ATTENDANCE[place.answer] if place.answer else Cell("no answer", is_missing=True),
            Cell(CAME[place.came], is_missing=not place.came),
            place.who,
        )
        for place in queries.places(who.viewer, row)
    ]
    return Table("Who is invited, and who came", ("Body", "Answered", "Came", "Who"), rows, "Nobody is invited yet.")


def _minutes(who: Asked, row: Meeting, names: Mapping[str, str]) -> list[Block]:
    if row.state not in HELD:
        return []
    blocks: list[Block] = [Words([row.minutes or "Not published yet."], "Minutes")]
    if row.held_text:
        blocks.append(Words([row.held_text], "Notes that are not published"))
    said = [(names.get(word.body, word.body), "right" if word.agrees else "asks for a change", word.text, word.on) for word in queries.words(who.viewer, row)]
    if said:
        blocks.append(Table("What bodies say of the minutes", ("Body", "Says", "In words", "Day"), said, ""))
    rows: list[tuple[Value, ...]] = [
        (
            each.text, ACTIONS[each.kind], names.get(each.body, each.body), each.due_on,
            Cell("in the ledger", f"/ledger/{each.commitment}/") if each.commitment else "not yet a commitment",
        )
        for each in queries.follow_ups(who.viewer, row)
    ]  # fmt: skip
    return [*blocks, Table("Actions and offers", ("What", "Kind", "Who", "By", "What became of it"), rows, "None was put down.")]


def _buttons(who: Asked, row: Meeting) -> list[Block]:
    words = {
        "invite": "Send the invitations", "publish_agenda": "Send out the agenda", "hold": "It was held", "agree_minutes": "The minutes are agreed",
        "publish_minutes": "Publish the minutes", "cancel": "Cancel it",
    }  # fmt: skip
    steps = [(said, {"act": verb, "version": row.version}) for verb, said in words.items() if may_step(verb, row.state) and may(who.viewer, RIGHTS[verb])]
    if may(who.viewer, "ask") and row.state in ("invited", "agenda_published"):
        steps.append(("Open the round of returns", {"act": "round", "version": row.version}))
    if may(who.viewer, "write_minutes"):
        steps += [
            (f"Make it a commitment: {each.text[:60]}", {"act": "commit", "action": each.pk})
            for each in queries.follow_ups(who.viewer, row)
            if not each.commitment
        ]
    return [Press(steps, "Next steps" if steps else "", f"{plural(len(steps), 'step')} open to you.")] if steps else []
