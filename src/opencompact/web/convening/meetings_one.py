"""The page of one meeting, from its plan to its published minutes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponseBase, HttpResponseRedirect

from opencompact.accounts.actions import posts
from opencompact.accounts.queries import posts_on
from opencompact.accounts.rules import may
from opencompact.asking.rules.questions import Refusal
from opencompact.convening.actions.meetings import CannotMeet, named
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting, Place
from opencompact.convening.rules.meetings import ACTIONS, ATTENDANCE, CAME, COMING, HELD, ITEMS, STATES, may_step
from opencompact.organisations.queries.office import body_names
from opencompact.promises.queries import ledger
from opencompact.web.audit.history import history
from opencompact.web.blocks import Block, Cell, Entry, Links, Press, Sheet, Table, Value, Words, as_csv, shown
from opencompact.web.convening.meetings import MEETINGS, hours, local, owed_row, still_owed
from opencompact.web.convening.meetings_acts import Act, acts, press, presses
from opencompact.web.convening.meetings_returns import asked_around, chase, returned
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office
from opencompact.web.words import day, plural

CLOSED = "The agenda, places and minutes are shared among those who work on the agreement until the minutes are published."


@dataclass(frozen=True)
class Seen:
    """A meeting as one person sees it: who asks, the row, and the names of bodies."""

    who: Asked
    row: Meeting
    names: Mapping[str, str]

    def name(self, body: str) -> str:
        """A body by name."""
        return self.names.get(body, body)


@office
def meeting(who: Asked, key: str) -> HttpResponseBase:
    """What is this meeting about, who comes, and what came of it?"""
    row = queries.meeting(who.viewer, key)
    if row is None:
        raise Http404("No such meeting.")
    if who.request.GET.get("format") == "csv":
        return as_csv(returned(who.viewer, row, body_names()), f"returns-{key}", is_sample=who.is_sample)
    doing = acts(who, row)
    if who.request.method != "POST":
        return _page(who, row, doing, {})
    act = who.request.POST.get("act", "")
    if act not in doing:
        press(who, row, act)
        return HttpResponseRedirect(f"/meetings/{key}/")
    form = _try(who, doing[act])
    return _page(who, row, doing, {act: form}, status=422) if form else HttpResponseRedirect(f"/meetings/{key}/")


def _try(who: Asked, act: Act) -> Form | None:
    """Do it; the form with what was refused where it could not be done."""
    answers, form = read(act.questions, who.request.POST.dict())
    if form.refused:
        return form
    try:
        act.do(answers)
    except CannotMeet as refusal:
        first = act.questions[0].name
        return refused(act.questions, who.request.POST.dict(), [Said(first, str(refusal))])
    return None


class Said(Refusal):
    """What an action refuses, in its own sentence."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name, "", words)

    def __str__(self) -> str:
        """The sentence as it is."""
        return self.expected


def _page(who: Asked, row: Meeting, doing: Mapping[str, Act], written: Mapping[str, Form], *, status: int = 200) -> HttpResponseBase:
    seen = Seen(who, row, body_names())
    where = f", {row.where}" if row.where else ""
    answer = [f"{day(local(row).date())}, {hours(row)}{where}. {STATES[row.state]}."]
    if row.cancelled_because:
        answer.append(f"Cancelled: {row.cancelled_because}")
    open_to = queries.is_open_to(who.viewer, row)
    blocks: list[Block] = [
        *_next(seen),
        *([_agenda(seen), _places(seen)] if open_to else [Words([CLOSED])]),
        *_minutes(seen),
        *_asked(seen),
        *([returned(who.viewer, row, seen.names)] if row.state not in ("planned", "cancelled") else []),
        *(_entry(row, word, act, written.get(word)) for word, act in doing.items()),
        *([history(named(row))] if open_to else []),
        Links(_links(seen), "More"),
    ]
    return shown(who, Sheet(row.title, answer, blocks, [MEETINGS]), status=status)


def _entry(row: Meeting, word: str, act: Act, form: Form | None) -> Entry:
    form = form or blank(act.questions, act.known, says_visibility=word == "minutes")
    return Entry(form, act.button, word, act.heading, act.note, version=row.version, is_closed=True)


def _links(seen: Seen) -> list[tuple[str, str, str]]:
    row = seen.row
    links = [(f"/meetings/{row.key}.ics", "Into a calendar", "iCalendar file"), (f"/meetings/series/{row.series}/", "Its series", "who comes")]
    if may(seen.who.viewer, "plan_meeting"):
        links.insert(0, (f"/meetings/{row.key}/cockpit/", "Before the meeting: what to know", ""))
    return links


def _next(seen: Seen) -> list[Block]:
    """What the viewer can do now: what their bodies are asked, and the buttons."""
    mine = [ask for ask in asked_around(seen.who, seen.row) if not ask.answered and ask.body in seen.who.viewer.bodies]
    links = [(f"/asks/{ask.pk}/", ask.title, f"{seen.name(ask.body)}, due {day(ask.due_on)}") for ask in mine]
    buttons = presses(seen.who, seen.row)
    found: list[Block] = [Links(links, "Asked of you")] if links else []
    return [*found, Press(buttons, "Next steps")] if buttons else found


def _agenda(seen: Seen) -> Table:
    """Its items; carried ones are shown as the ledger shows them to the viewer."""
    items = queries.agenda(seen.who.viewer, seen.row)
    keys = [item.commitment for item in items if item.commitment]
    held = {line.row.key: line for line in ledger.lines(list(ledger.commitments(seen.who.viewer).filter(key__in=keys)))}
    rows = [_carried(seen, held[item.commitment], ITEMS["carried"]) for item in items if item.commitment in held]
    if seen.row.state == "planned" or may_step("publish_agenda", seen.row.state):
        rows += [_carried(seen, line, "Carries itself forward") for line in still_owed(seen.who, seen.row.series)]
    rows += [(Cell(item.title, item.address), ITEMS[item.kind], item.text) for item in items if item.title]
    return Table("Agenda", ("Item", "Kind", "In words"), rows, "No item yet. Actions still owed put themselves on it.")


def _carried(seen: Seen, line: ledger.Line, kind: str) -> tuple[Value, ...]:
    title, owners, due = owed_row(line, seen.names, seen.who)
    assert isinstance(due, Cell)  # due_cell gives no other
    return title, kind, Cell(f"{owners}, due: {due.text}", note=due.note)


def _places(seen: Seen) -> Table:
    """Who has a place, what they answered, and who came; with the post and who holds it."""
    rows = queries.places(seen.who.viewer, seen.row)
    holders = _holders(seen, rows)
    shown_rows: list[tuple[Value, ...]] = [
        (
            Cell(seen.name(place.body), note=holders.get(place.body, "")),
            Cell(ATTENDANCE[place.answer]) if place.answer else Cell("no answer", is_missing=True),
            Cell(CAME[place.came], is_missing=not place.came),
            place.who,
        )
        for place in rows
    ]
    columns = [0, 2] if not queries.works_on_it(seen.who.viewer) else [0, 1, 3] if seen.row.state in COMING else [0, 1, 2, 3]
    heads = tuple(("Body", "Answered", "Came", "Who")[column] for column in columns)
    caption = "Who is invited" if seen.row.state in COMING else "Who was invited, and who came"
    return Table(caption, heads, [tuple(row[column] for column in columns) for row in shown_rows], "Nobody has a place yet.")


def _holders(seen: Seen, places: list[Place]) -> dict[str, str]:
    """For each body, the post invited and who holds it on the day, as far as the viewer may see them."""
    titles = posts()
    wanted = {place.body: place.post for place in places if place.post in titles}
    held = posts_on(seen.who.viewer, local(seen.row).date(), bodies=dict.fromkeys(wanted, ""), posts=titles) if wanted else []
    words = {}
    for post in held:
        if wanted[post.body] == post.post:
            names = ", ".join(holder.name for holder in post.holders if holder.name)
            words[post.body] = f"{titles[post.post]}: {names or ('in post' if post.holders else 'vacant')}"
    return words


def _minutes(seen: Seen) -> list[Block]:
    """The minutes, notes, what bodies say of them, and what was asked and offered."""
    who, row = seen.who, seen.row
    if row.state not in HELD:
        return []
    missing = "Not written yet." if queries.works_on_it(who.viewer) else "Not published yet."
    blocks: list[Block] = [Words((row.minutes or missing).splitlines(), "Minutes" if row.state != "minutes_drafted" else "Minutes, in draft")]
    if row.held_text:
        blocks.append(Words(row.held_text.splitlines(), "Notes that are not published"))
    change = Cell("asks for a change", mark="late")
    said = [(seen.name(word.body), "right" if word.agrees else change, word.text, word.on) for word in queries.words(who.viewer, row)]
    if said:
        blocks.append(Table("What bodies say of the minutes", ("Body", "Says", "In words", "Day"), said, ""))
    return [*blocks, _follow_ups(seen)] if queries.is_open_to(who.viewer, row) else blocks


def _follow_ups(seen: Seen) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            each.text, ACTIONS[each.kind], seen.name(each.body), Cell("no day given", is_missing=True) if each.due_on is None else each.due_on,
            Cell("in the ledger", f"/ledger/{each.commitment}/") if each.commitment else Cell("not in the ledger yet", is_missing=True),
        )
        for each in queries.follow_ups(seen.who.viewer, seen.row)
    ]  # fmt: skip
    return Table("Actions and offers", ("What", "Kind", "Who", "By", "What became of it"), rows, "None was put down.")


def _asked(seen: Seen) -> list[Block]:
    """For those who work on the agreement: who was asked what, and who has not replied."""
    if not queries.works_on_it(seen.who.viewer) or seen.row.state in ("planned", "cancelled"):
        return []
    asks = asked_around(seen.who, seen.row)
    waiting = sum(not ask.answered for ask in asks)
    return [Words([f"{plural(waiting, 'question')} of {len(asks)} without an answer."] if asks else []), chase(seen.who, asks, seen.names)]
