"""Pages of roundtables: the list, the published profiles, planning one, and one from its plan to what changed because of it."""

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.queries import follows
from opencompact.accounts.rules import require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries import roundtables_profiles as profiles
from opencompact.convening.queries.roundtables import Roundtable
from opencompact.convening.rules.draw import CannotDraw
from opencompact.convening.rules.draw_words import quotas_of
from opencompact.convening.rules.roundtables import ATTRIBUTES, STATES
from opencompact.registry import load_catalogue
from opencompact.web.audit.history import history
from opencompact.web.blocks import Block, Cell, Entry, Facts, Links, Press, Sheet, Table, Value, Words, as_csv, shown
from opencompact.web.convening import roundtables_acts as acts
from opencompact.web.convening import roundtables_room as room
from opencompact.web.convening.roundtables_seen import Seen
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import day, label, plural

ROUNDTABLES = ("/roundtables/", "Roundtables")
LIST = 200


def _plan_questions() -> tuple[Question, ...]:
    return (
        Question("subject", "What it is about", "line", required=True),
        Question("on", "Day", "day", required=True),
        Question("where", "Where", "line", help=acts.WHERE),
        Question("seats", "Seats", "number", required=True),
        Question("profile", "Profile its places are drawn to", "choice", required=True, choices=tuple((each, label(each)) for each in profiles.profiles())),
        Question("replies_due_on", "Day by which every point has its reply", "day", required=True),
        Question("held_text", "Notes that are not published", "text", held=True),
    )


@office
def roundtables(who: Asked) -> HttpResponseBase:
    """Who is in the room?"""
    rows = list(queries.roundtables()[:LIST])
    table = Table(
        "Roundtables, the latest first",
        ("Subject", "Day", "#Seats", "Drawn to", "State"),
        [(Cell(row.subject, f"/roundtables/{row.key}/"), row.on, row.seats, label(row.profile), STATES[row.state]) for row in rows],
        "None is planned. The central team plans one, and its profile is public before anybody is drawn.",
    )
    links = [("/roundtables/profiles/", "The profiles places are drawn to", "")]
    if queries.sees_pool(who.viewer):
        links += [("/roundtables/pool/", "The pool of contacts", "the central team alone"), ("/roundtables/new/", "Plan a roundtable", "")]
    held = sum(row.state in room.HELD for row in rows)
    answer = f"{plural(len(rows), 'roundtable')}, {held} held. Who is invited is drawn by a seed from a pool, to a profile published beforehand."
    return shown(who, Sheet("Who is in the room, and who is missing?", [answer], [table, Links(links)]))


@office
def profile_page(who: Asked) -> HttpResponseBase:
    """The published target profiles."""
    words = profiles.labels()
    card = load_catalogue().vocabularies["roundtable-profiles"]

    def wanted(number: float, unit: str) -> str:
        return plural(int(number), "seat") if unit == "seats" else f"{number:.0%}"

    tables = [
        Table(
            label(profile),
            ("Attribute", "Group", "#At least", "#At most", "#Weighs"),
            [
                (ATTRIBUTES[each.attribute], words.get(each.value, each.value), wanted(each.least, each.unit), wanted(each.most, each.unit), each.weight)
                for each in targets
            ],
            "",
        )
        for profile, targets in profiles.profiles().items()
    ]
    return shown(who, Sheet("To what are places drawn?", [card.note], [*tables, Words([card.source], "Where they come from")], [ROUNDTABLES]))


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Plan a roundtable."""
    require(who.viewer, "draw_invitations")
    questions = _plan_questions()
    form = blank(questions)
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/roundtables/{_plan(who, answers)}/")
            except actions.CannotConvene as refusal:
                name = "replies_due_on" if "due" in str(refusal) else "seats"
                form = refused(questions, who.request.POST.dict(), [Refusal(name, answers[name], str(refusal))])
    answer = ["Its day, subject and profile are public at once, before any draw."]
    return shown(who, Sheet("Plan a roundtable", answer, [Entry(form, "Plan it")], [ROUNDTABLES]), status=422 if form.refused else 200)


def _plan(who: Asked, answers: Mapping[str, str]) -> str:
    key, seats = f"{slugify(answers['subject'])[:50] or 'roundtable'}-{answers['on']}", int(answers["seats"])
    actions.plan_roundtable(
        key, subject=answers["subject"], on=date.fromisoformat(answers["on"]), where=answers.get("where", ""), seats=seats, profile=answers["profile"],
        quotas=quotas_of(profiles.profiles()[answers["profile"]], seats), replies_due_on=date.fromisoformat(answers["replies_due_on"]),
        held_text=answers.get("held_text", ""), by=who.viewer, at=who.at,
    )  # fmt: skip
    return key


@office
def roundtable(who: Asked, key: str) -> HttpResponseBase:
    """One roundtable: its draw, its room, its points."""
    row = queries.roundtable(who.viewer, key)
    if row is None:
        raise Http404("No such roundtable.")
    if who.request.method == "POST":
        return _act(who, row)
    if kind := who.request.GET.get("csv"):
        return _csv(who, row, kind)
    return _page(Seen(who, row))


def _act(who: Asked, row: Roundtable) -> HttpResponseBase:
    act, seen = who.request.POST.get("act", ""), Seen(who, row)
    if act not in (offered := acts.offered(seen)):
        return _pressed(who, row, act)
    answers, form = read(offered[act].questions, who.request.POST.dict())
    if not form.refused:
        try:
            return acts.do(who, row, act, answers) or HttpResponseRedirect(f"/roundtables/{row.key}/")
        except (actions.CannotConvene, CannotDraw) as refusal:
            first = offered[act].questions[0].name
            form = refused(offered[act].questions, who.request.POST.dict(), [Refusal(first, who.request.POST.get(first, ""), str(refusal))])
    return _page(Seen(who, row), act, form)


def _pressed(who: Asked, row: Roundtable, act: str) -> HttpResponseBase:
    try:
        return acts.press(who, row, act) or HttpResponseRedirect(f"/roundtables/{row.key}/")
    except actions.CannotConvene as refusal:
        return who.page("office/refused.html", status=409, why=str(refusal))


def _csv(who: Asked, row: Roundtable, kind: str) -> HttpResponseBase:
    if kind == "points":
        table = room.points(Seen(who, row))
    elif kind == "wanted":
        table = room.wanted_file(row)
    elif kind == "room" and row.state in room.HELD and (lines := room.room_rows(queries.places(row))):
        table = room.room_table(row, lines)
    else:
        raise Http404("No such file.")
    return as_csv(table, f"roundtable-{row.key}-{kind}", is_sample=who.is_sample)


def _page(seen: Seen, act: str = "", form: Form | None = None) -> HttpResponseBase:
    who, row = seen.who, seen.row
    entries = [
        Entry(form if form and name == act else blank(each.questions, each.known), each.button, name, each.heading, each.note, row.version, is_closed=True)
        for name, each in acts.offered(seen).items()
    ]
    facts: list[tuple[str, Value]] = [
        ("Day", row.on), ("Where", row.where or None), ("Seats", row.seats), ("Drawn to", Cell(label(row.profile), "/roundtables/profiles/")),
        ("State", STATES[row.state]), ("Every point has its reply by", row.replies_due_on),
    ]  # fmt: skip
    blocks: list[Block] = [
        Facts(facts),
        *([Words([row.held_text], "Notes that are not published")] if row.held_text else []),
        *room.room(row, seen.places),
        *room.for_central(seen),
        *([room.points(seen)] if row.state in room.HELD else []),
        *acts.buttons(who, row),
        *entries,
        *_following(who, row),
        room.wanted(row),
        *room.draws(who, row),
        *([history(actions.named(row))] if who.account else []),
    ]
    answer = f"{day(row.on)}; {plural(row.seats, 'seat')}. {_said(seen)}"
    return shown(who, Sheet(row.subject, [answer], blocks, [ROUNDTABLES]), status=422 if form else 200)


def _following(who: Asked, row: Roundtable) -> list[Block]:
    if who.account is None:
        return []
    address = f"/roundtables/{row.key}/"
    word = "Stop following it" if follows(who.account, address) else "Follow it"
    return [Press([(word, {"subject": address, "back": address})], note="You are told of replies and of what changes.", action="/notices/follow/")]


def _said(seen: Seen) -> str:
    row, places, points = seen.row, seen.places, seen.points
    if row.state not in room.HELD:
        declined, accepted = (sum(place.answer == word for place in places) for word in ("declined", "accepted"))
        said = f" {plural(len(places) - declined, 'place')} drawn, {accepted} accepted; {declined} declined." if places else ""
        return f"{STATES[row.state]}.{said}"
    came = sum(place.came is True for place in places)
    people = plural(came, "person", "people") + " came" if came >= room.LEAST_PUBLISHED else "Fewer than 5 people came"
    replied, silent = sum(bool(each.reply) for each in points), sum(not each.reply for each in points) if seen.who.today > row.replies_due_on else 0
    late = f"; {plural(silent, 'point stands', 'points stand')} without one past the day" if silent else ""
    return f"{people}; {plural(len(points), 'point was', 'points were')} made and {replied} replied to{late}."
