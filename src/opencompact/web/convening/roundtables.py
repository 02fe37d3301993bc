"""Pages of roundtables: what they are drawn to and how it came out, who is missing, points made, replies owed, and the pool for the central team."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.actions import token_hash
from opencompact.accounts.rules import may, require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries.roundtables import Roundtable
from opencompact.convening.rules.draw import Quota, quotas_of
from opencompact.convening.rules.roundtables import ATTRIBUTES, STATES, Trouble, may_step, plain, published
from opencompact.organisations.queries.office import body_names
from opencompact.registry import load_catalogue
from opencompact.web.blocks import Bars, Block, Cell, Entry, Facts, Links, Press, Sheet, Table, Value, Words, shown
from opencompact.web.convening import pool_rows
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import day, label, plural

ROUNDTABLES = ("/roundtables/", "Roundtables")


def labels() -> dict[str, str]:
    """What the values of a pool are called."""
    return {str(term["value"]): str(term["label"]) for term in load_catalogue().vocabularies["pool-values"].terms}


def profiles() -> dict[str, tuple[tuple[str, str, float, float], ...]]:
    """The shares of each profile: attribute, value, least, most."""
    found: dict[str, list[tuple[str, str, float, float]]] = {}
    for term in load_catalogue().vocabularies["roundtable-profiles"].terms:
        found.setdefault(str(term["profile"]), []).append((str(term["attribute"]), str(term["value"]), float(term["least"]), float(term["most"])))
    return {profile: tuple(shares) for profile, shares in found.items()}


def quotas(row: Roundtable) -> tuple[Quota, ...]:
    """The quotas of a roundtable's profile, in whole seats."""
    return quotas_of(profiles().get(row.profile, ()), row.seats)


def _plan_questions() -> tuple[Question, ...]:
    return (
        Question("subject", "What it is about", "line", required=True),
        Question("on", "Day", "day", required=True),
        Question("where", "Where, and how to take part from afar", "line"),
        Question("seats", "Seats", "number", required=True),
        Question("profile", "Profile its places are drawn to", "choice", required=True, choices=tuple((each, label(each)) for each in profiles())),
        Question("replies_due_on", "Day by which every point has its reply", "day", required=True),
        Question("held_text", "Notes that are not published", "text", held=True),
    )


@office
def roundtables(who: Asked) -> HttpResponseBase:
    """Who is in the room?"""
    rows = list(queries.roundtables()[:200])
    table = Table(
        "Roundtables, the latest first",
        ("Subject", "Day", "#Seats", "Drawn to", "State"),
        [(Cell(row.subject, f"/roundtables/{row.key}/"), row.on, row.seats, label(row.profile), STATES[row.state]) for row in rows],
        "None is planned.",
    )
    links = [("/roundtables/profiles/", "The profiles places are drawn to", "")]
    if queries.sees_pool(who.viewer):
        links += [("/roundtables/pool/", "The pool of contacts", "the central team alone"), ("/roundtables/new/", "Plan a roundtable", "")]
    held = sum(row.state in ("held", "closed") for row in rows)
    answer = f"{plural(len(rows), 'roundtable')}, {held} held. Who is invited is drawn by a seed from a pool, to a profile published beforehand."
    return shown(who, Sheet("Who is in the room, and who is missing?", [answer], [table, Links(links)]))


@office
def profile_page(who: Asked) -> HttpResponseBase:
    """The published target profiles."""
    words = labels()
    term = load_catalogue().vocabularies["roundtable-profiles"]
    tables = [
        Table(
            label(profile),
            ("Attribute", "Value", "#At least", "#At most"),
            [(ATTRIBUTES[attribute], words.get(value, value), f"{least:.0%}", f"{most:.0%}") for attribute, value, least, most in shares],
            "",
            "Shares of the seats; the least is rounded down and the most up to whole seats.",
        )
        for profile, shares in profiles().items()
    ]
    return shown(who, Sheet("To what are places drawn?", [term.note], [*tables, Words([term.source], "Where they come from")], [ROUNDTABLES]))


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Plan a roundtable."""
    require(who.viewer, "draw_invitations")
    questions = _plan_questions()
    form = blank(questions)
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused:
            key = f"{slugify(answers['subject'])[:50]}-{answers['on']}"
            try:
                actions.plan_roundtable(
                    key, subject=answers["subject"], on=date.fromisoformat(answers["on"]), where=answers.get("where", ""), seats=int(answers["seats"]),
                    profile=answers["profile"], held_text=answers.get("held_text", ""), replies_due_on=date.fromisoformat(answers["replies_due_on"]),
                    by=who.viewer, at=who.at,
                )  # fmt: skip
                return HttpResponseRedirect(f"/roundtables/{key}/")
            except actions.CannotConvene as refusal:
                form = refused(questions, who.request.POST.dict(), [Refusal("seats", answers["seats"], str(refusal))])
    answer = ["Its profile is public from now on, before any draw."]
    return shown(who, Sheet("Plan a roundtable", answer, [Entry(form, "Plan it")], [ROUNDTABLES]), status=422 if form.refused else 200)


@signed_in
def pool(who: Asked) -> HttpResponseBase:
    """The pool of contacts, for the central team alone."""
    require(who.viewer, "draw_invitations")
    troubles: list[Trouble] = []
    done = ""
    if who.request.method == "POST" and who.request.POST.get("act") == "erase":
        actions.erase_contact(int(who.request.POST.get("contact", "0")), by=who.viewer, at=who.at)
        return HttpResponseRedirect("/roundtables/pool/")
    if who.request.method == "POST" and (file := who.request.FILES.get("pool")):
        try:
            held = pool_rows.rows_of(file.read(), str(file.name))
            number, troubles = actions.import_pool(held, headers=_headers(), values=_values(), by=who.viewer, at=who.at)
            done = f"{plural(number, 'contact')} read; {plural(len(troubles), 'cell or column', 'cells and columns')} not kept."
        except pool_rows.CannotReadPool as refusal:
            done = str(refusal)
    words = labels()
    rows = list(queries.pool(who.viewer)[:2000])
    heads = ("Name", "Organisation", "Region", "Size", "Sub-sector", "Role", "Last invited")
    shown_rows: list[tuple[Value, ...]] = [
        (row.name, row.organisation, *(words.get(getattr(row, each), getattr(row, each)) or None for each in ATTRIBUTES), row.last_invited_on or "never")
        for row in rows
    ]
    blocks: list[Block] = [
        *([Table("Not kept", ("#Row", "Field", "Found", "Expected"), [(t.row, t.field, t.found, t.expected) for t in troubles], "")] if troubles else []),
        Entry(
            blank(()),
            "Read it",
            "read",
            "Read contacts from a spreadsheet",
            enctype="multipart/form-data",
            files=(("pool", "The spreadsheet (.xlsx or .csv)"),),
        ),
        Table("Contacts", heads, shown_rows, "The pool is empty. Read it from a spreadsheet with a name, an organisation and an e-mail address in each row."),
        Press(
            [(f"Erase {row.name}", {"act": "erase", "contact": row.pk}) for row in rows],
            "Erase somebody at their request",
            "Their places stay as counts alone.",
        ),
    ]
    answer = [*([done] if done else []), f"{plural(len(rows), 'contact')}. Kept for invitations alone; nothing of what anybody thinks is kept."]
    return shown(who, Sheet("Who may be invited?", answer, blocks, [ROUNDTABLES]))


def _headers() -> dict[str, list[str]]:
    return {str(term["field"]): [str(name) for name in term["headers"]] for term in load_catalogue().vocabularies["pool-columns"].terms}


def _values() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for term in load_catalogue().vocabularies["pool-values"].terms:
        known = found.setdefault(str(term["attribute"]), {})
        known[plain(term["label"])] = known[plain(term["value"])] = str(term["value"])
    return found


@office
def roundtable(who: Asked, key: str) -> HttpResponseBase:
    """One roundtable: its draw, its room, its points."""
    row = queries.roundtable(who.viewer, key)
    if row is None:
        raise Http404("No such roundtable.")
    if who.request.method != "POST":
        return _page(who, row, {})
    act = who.request.POST.get("act", "")
    forms = _forms(who, row)
    if act in forms:
        answers, form = read(forms[act][0], who.request.POST.dict())
        if not form.refused:
            try:
                _do(who, row, act, answers)
                return HttpResponseRedirect(f"/roundtables/{key}/")
            except actions.CannotConvene as refusal:
                form = refused(forms[act][0], who.request.POST.dict(), [Refusal(forms[act][0][0].name, "", str(refusal))])
        return _page(who, row, {act: form}, status=422)
    version = who.request.POST.get("version", "0")
    if act == "send":
        _send(who, row, int(version) if version.isdigit() else 0)
    elif act in ("close", "cancel"):
        actions.step(key, act, version=int(version) if version.isdigit() else 0, by=who.viewer, at=who.at)
        if act == "close":
            _send_back(who, row)
    return HttpResponseRedirect(f"/roundtables/{key}/")


def _send(who: Asked, row: Roundtable, version: int) -> None:
    for email, token in actions.send_invitations(row.key, version=version, by=who.viewer, at=who.at):
        address = who.request.build_absolute_uri(f"/roundtables/place/{token}/")
        invited = f"You are invited to a roundtable on {row.on:%-d %B %Y}: {row.subject}.\n{row.where}\n\n"
        text = f"{invited}Say here whether you come, and see why you are asked:\n{address}\n"
        send_mail(f"A roundtable: {row.subject}", text, settings.DEFAULT_FROM_EMAIL, [email])


def _send_back(who: Asked, row: Roundtable) -> None:
    """Everybody who was in the room is told where the replies stand; one mail each, without the names of the others."""
    address = who.request.build_absolute_uri(f"/roundtables/{row.key}/")
    for place in queries.invitees(who.viewer, row):
        if place.came and place.contact:
            text = f"You took part in the roundtable on {row.subject}. What was said there, what was replied and what changed:\n{address}\n"
            send_mail(f"What came of it: {row.subject}", text, settings.DEFAULT_FROM_EMAIL, [place.contact.email])


def _forms(who: Asked, row: Roundtable) -> dict[str, tuple[tuple[Question, ...], str, str]]:
    """What the viewer may fill in, by act."""
    found: dict[str, tuple[tuple[Question, ...], str, str]] = {}
    bodies = tuple(body_names().items())
    if may(who.viewer, "draw_invitations"):
        if may_step("draw", row.state):
            found["draw"] = (
                (Question("seed", "Seed", "number", required=True, help="Any number. The same seed and pool give the same places."),),
                "Draw",
                "Draw the places",
            )
        if may_step("hold", row.state):
            places = [place for place in queries.invitees(who.viewer, row) if place.answer == "accepted"]
            questions = tuple(Question(str(place.pk), place.contact.name if place.contact else "erased", "yes_no") for place in places)
            found["hold"] = (questions, "It was held", "Who came")
        if row.state == "held":
            point = (
                Question("text", "The point, in words", "text", required=True),
                Question("body", "Who is to reply", "choice", required=True, choices=bodies),
                Question("speaker", "Who made it, only if they agree to be named", "line"),
            )
            found["point"] = (point, "Put it down", "Put down a point")
    for each in queries.points(row):
        if each.body in who.viewer.bodies and not each.reply and may(who.viewer, "draft", body=each.body):
            found[f"reply-{each.pk}"] = ((Question("text", f"Reply to: {each.text[:80]}", "text", required=True),), "Reply", "Reply to a point")
        if each.body in who.viewer.bodies and each.reply and not each.changed and may(who.viewer, "record_update", body=each.body):
            found[f"change-{each.pk}"] = ((Question("text", f"What changed after: {each.text[:80]}", "text", required=True),), "Tell it", "Tell what changed")
    return found


def _do(who: Asked, row: Roundtable, act: str, answers: Mapping[str, str]) -> None:
    version = who.request.POST.get("version", "0")
    number = int(version) if version.isdigit() else 0
    kind, _, pk = act.partition("-")
    if kind == "draw":
        actions.draw_places(row.key, quotas=quotas(row), words=labels(), seed=int(answers["seed"]), version=number, by=who.viewer, at=who.at)
    elif kind == "hold":
        actions.hold(row.key, came=[int(name) for name, said in answers.items() if said == "yes"], version=number, by=who.viewer, at=who.at)
    elif kind == "point":
        actions.make_point(row.key, text=answers["text"], body=answers["body"], speaker=answers.get("speaker", ""), by=who.viewer, at=who.at)
    elif kind == "reply":
        actions.reply(int(pk), text=answers["text"], by=who.viewer, at=who.at)
    else:
        actions.tell_change(int(pk), text=answers["text"], by=who.viewer, at=who.at)


def _page(who: Asked, row: Roundtable, written: Mapping[str, Form], *, status: int = 200) -> HttpResponseBase:
    counted = queries.counts(row)
    entries = [
        Entry(
            written.get(act) or blank(questions, {"seed": str(row.seed)} if row.seed is not None else None),
            button,
            act,
            heading,
            version=row.version,
            is_closed=True,
        )
        for act, (questions, button, heading) in _forms(who, row).items()
    ]
    blocks: list[Block] = [
        Facts(
            [
                ("Day", row.on),
                ("Where", row.where or None),
                ("Seats", row.seats),
                ("Drawn to", Cell(label(row.profile), "/roundtables/profiles/")),
                ("State", STATES[row.state]),
                ("Seed", str(row.seed) if row.seed is not None else Cell("not drawn yet", is_missing=True)),
                ("Checksum of the pool", row.pool_sha256 or Cell("not drawn yet", is_missing=True)),
                ("Every point has its reply by", row.replies_due_on),
            ]
        ),
        *([Words([row.held_text], "Notes that are not published")] if row.held_text else []),
        *_relaxed(row),
        *_room(row, counted),
        *(_draw(who, row, counted) if queries.sees_pool(who.viewer) else []),
        _points(who, row),
        *_buttons(who, row),
        *entries,
    ]
    came = sum(counted["region"]["came"].values())
    said = f"{plural(came, 'person', 'people')} came." if row.state in ("held", "closed") else STATES[row.state] + "."
    return shown(who, Sheet(row.subject, [f"{day(row.on)}; {plural(row.seats, 'seat')}. {said}"], blocks, [ROUNDTABLES]), status=status)


def _relaxed(row: Roundtable) -> list[Block]:
    if row.seed is None:
        return []
    words = labels()
    lines = [_missed(missed, words) for missed in row.relaxed]
    return [Words(lines or ["Every quota of the profile is met."], "Where the profile could not be met")]


def _missed(missed: Mapping[str, Any], words: Mapping[str, str]) -> str:
    if missed["attribute"] == "seats":
        return f"{plural(missed['by'], 'seat')} could not be filled: the pool has {plural(missed['pool'], 'contact')} that may be drawn."
    what = f"{ATTRIBUTES[missed['attribute']]}, {words.get(missed['value'], missed['value'])}"
    side = "too few" if missed["by"] > 0 else "too many"
    return f"{what}: {abs(missed['by'])} {side}; the pool has {missed['pool']}. The draw misses as few places as any could."


def _room(row: Roundtable, counted: Mapping[str, Mapping[str, Counter[str]]]) -> list[Block]:
    """Who was in the room as figures that name nobody; never those who were not invited."""
    if row.state not in ("held", "closed"):
        return []
    words = labels()
    tables: list[Block] = []
    for attribute, title in ATTRIBUTES.items():
        came = queries.labels(words, counted[attribute]["came"])
        rows: list[tuple[Value, ...]] = list(published(came).items())
        tables.append(
            Table(
                f"In the room, by {title.lower()}",
                (title, "People"),
                rows,
                "Nobody came.",
                "Groups under five are not counted out, so that nobody is recognised.",
            )
        )
    return tables


def _draw(who: Asked, row: Roundtable, counted: Mapping[str, Mapping[str, Counter[str]]]) -> list[Block]:
    """For the central team: coverage against the profile, who is missing, every place with its reason."""
    words = labels()
    bars, missing = [], []
    for quota in quotas(row):
        drawn, accepted, came = (counted[quota.attribute][each][quota.value] for each in ("drawn", "accepted", "came"))
        name = words.get(quota.value, quota.value)
        bars.append((name, drawn, f"{drawn} drawn, {accepted} take it, {came} came; {quota.least} to {quota.most} wanted"))
        if drawn < quota.least:
            missing.append(f"{name}: {quota.least - drawn} fewer than wanted.")
    places = queries.invitees(who.viewer, row)
    rows: list[tuple[Value, ...]] = [
        (
            place.contact.name if place.contact else Cell("erased", is_missing=True),
            place.contact.organisation if place.contact else "",
            place.reason,
            place.answer or Cell("no answer", is_missing=True),
            {True: "came", False: "did not come", None: ""}[place.came],
        )
        for place in places
    ]
    return [
        Bars(bars, "Coverage", "Places drawn against the profile."),
        Words(missing or ["Nobody the profile asks for."], "Who is missing"),
        Table("Places", ("Who", "Organisation", "Why", "Answer", "Came"), rows, "No place is drawn yet.", "Seen by the central team alone."),
    ]


def _points(who: Asked, row: Roundtable) -> Table:
    names = body_names()
    rows: list[tuple[Value, ...]] = []
    for each in queries.points(row):
        late = row.replies_due_on and not each.reply and row.replies_due_on < who.today
        owed = Cell("no reply: the day has passed", mark="late") if late else Cell("no reply yet", is_missing=True)
        reply: Value = Cell(each.reply, note=day(each.replied_on)) if each.reply else owed
        changed: Value = Cell(each.changed, note=day(each.changed_on)) if each.changed else Cell("nothing told", is_missing=True)
        rows.append((Cell(each.text, note=f"said by {each.speaker}" if each.speaker else ""), names.get(each.body, each.body), reply, changed))
    empty = "None is put down yet. Points are put down without saying who made them, unless they agree."
    return Table("Points, replies, and what changed", ("Point", "For", "Reply", "What changed"), rows, empty)


def _buttons(who: Asked, row: Roundtable) -> list[Block]:
    if not may(who.viewer, "draw_invitations"):
        return []
    words = {"send": "Send the invitations", "close": "Close it and send the replies back to the room", "cancel": "Cancel it"}
    steps = [(said, {"act": verb, "version": row.version}) for verb, said in words.items() if may_step(verb, row.state)]
    return [Press(steps, "Next steps")] if steps else []


@office
def place(who: Asked, token: str) -> HttpResponseBase:
    """Somebody with a place says whether they take it, without an account."""
    held = queries.invitation_of(token_hash(token))
    if held is None:
        return shown(who, Sheet("This invitation does not open", ["The roundtable was held, or the link is not whole."]), status=410)
    if who.request.method == "POST":
        actions.answer_place(held, accepts=who.request.POST.get("accepts") == "yes", at=who.at)
        return HttpResponseRedirect(f"/roundtables/place/{token}/")
    row = held.roundtable
    said = {"accepted": "You said you come.", "declined": "You said you do not come."}.get(held.answer, "Do you come?")
    blocks: list[Block] = [
        Words([held.reason], "Why you are asked"),
        Press([("I come", {"accepts": "yes"}), ("I do not come", {"accepts": "no"})]),
        Links([(f"/roundtables/{row.key}/", "About this roundtable", "")]),
    ]
    response = shown(who, Sheet(row.subject, [f"{day(row.on)}. {row.where}", said], blocks))
    response.headers["Referrer-Policy"] = "same-origin"
    return response
