"""Pages of challenges: the form anybody may send, without an account and without script; each by its reference; and what the office does with it."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.timezone import localdate

from opencompact.accounts.rules import may
from opencompact.asking.actions import CannotStep
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import challenges as actions
from opencompact.judgement.queries import challenges as queries
from opencompact.judgement.rules.challenges import MOST_WRITTEN, SETTLED, STATES, STEPS, days_open
from opencompact.publication.queries import NoRelease
from opencompact.records import queries as records
from opencompact.web.blocks import Block, Cell, Facts, Links, Paging, Sheet, Table, Value, Words, as_csv, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.judgement.acting import WHY, Act, Refused, acted, entries
from opencompact.web.office import Asked, office
from opencompact.web.showing import in_force, number
from opencompact.web.words import day, plural

PAGE = ("/challenges/", "Challenges")
SIZE = 50
SALT = "challenge"
FORM_LASTS = timedelta(hours=12)
# Nobody reads the page and writes what is wrong in less.
LEAST_WAIT = timedelta(seconds=3)
QUESTIONS = (
    Question("wrong", "What is wrong", "text", required=True, help=f"Up to {MOST_WRITTEN:,} letters. Leave out names of people."),
    Question("right", "What is right", "text"),
    Question("checking", "How we can check it: an address, a document, a day", "text"),
    Question("email", "Your e-mail address, if you want to be told", "line", help="Never published. Erased when the challenge is settled."),
)
VERBS = {"receive": "Received", "look": "Begun to be looked at", "correct": "Corrected", "not_uphold": "Not upheld", "look_again": "Looked at again"}


@office
def challenge_form(who: Asked) -> HttpResponseBase:
    """What is wrong on this page? No account is needed, and no address of the machine is kept."""
    form, status = blank(QUESTIONS), 200
    if who.request.method == "POST":
        sent = _take(who)
        if isinstance(sent, str):
            return HttpResponseRedirect(f"/challenges/{sent}/")
        form, status = sent
    place = _place(who)
    held = _file(place)
    context: dict[str, Any] = {"form": form, "place": place, "file": held, "mark": mark(who.at), "contact": settings.OPENCOMPACT_CONTACT}
    return who.page("judgement/challenges_form.html", status=status, **context)


def mark(at: datetime) -> str:
    """What one form is known by: random, signed with the instant, so that a form made elsewhere, too old, too fast or sent twice is known."""
    return signing.Signer(salt=SALT).sign(f"{secrets.token_hex(12)}-{int(at.timestamp())}")


def _take(who: Asked) -> str | tuple[Form, int]:
    """The reference of the challenge that was made, or the form as written with why it was not."""
    given = who.request.POST.dict()
    answers, form = read(QUESTIONS, given)
    if form.refused:
        return form, 422
    if why := trouble(who):
        return refused(QUESTIONS, given, [Refused("wrong", answers["wrong"][:40], why)]), 422
    email = answers.get("email", "")
    if email and ("@" not in email or len(email) > 254 or " " in email):
        return refused(QUESTIONS, given, [Refused("email", email, "This is no e-mail address. Expected one such as name@example.org, or nothing.")]), 422
    try:
        told = {name: answers.get(name, "") for name in ("right", "checking")}
        made = actions.receive(form_of(who), place=_place(who), wrong=answers["wrong"], email=email, at=who.at, **told)
    except CannotStep as refusal:
        return refused(QUESTIONS, given, [Refused("wrong", "", str(refusal))]), 422
    except actions.TooMany as refusal:
        return refused(QUESTIONS, given, [Refused("wrong", "", str(refusal))]), 429
    return str(made.reference)


def form_of(who: Asked) -> str:
    """The random part and the instant of the form that was sent; empty where it was not made here."""
    try:
        return str(signing.Signer(salt=SALT).unsign(who.request.POST.get("mark", "")))
    except signing.BadSignature:
        return ""


def trouble(who: Asked) -> str:
    """Why what was sent is not taken: a field that people never see was filled in, or the form is too old, too fast, or none of ours."""
    if who.request.POST.get("website"):
        return "The field that is to stay empty was filled in. Empty it and send again."
    form = form_of(who)
    waited = timedelta(seconds=int(who.at.timestamp()) - int(form.rpartition("-")[2])) if form else FORM_LASTS
    if waited >= FORM_LASTS:
        return "This form is older than 12 hours or was not made here. What you wrote stands below: send it again."
    return "This came faster than a person writes. What you wrote stands below: send it again." if waited < LEAST_WAIT else ""


def _place(who: Asked) -> actions.Place:
    """The page that is challenged, an address of this site alone, with the file, row and release."""
    given = who.request.POST if who.request.method == "POST" else who.request.GET
    asked = given.get("page", "/")[:500].replace("\x00", "")
    page = asked if asked.startswith("/") and not asked.startswith(("//", "/\\")) and not urlsplit(asked).netloc else "/"
    text = given.get("row", "")
    row = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    try:
        release = in_force().reader.release.number
    except NoRelease:
        release = ""
    return actions.Place(page, given.get("file", "")[:500].replace("\x00", ""), row, release)


def _file(place: actions.Place) -> dict[str, Any] | None:
    try:
        return records.file(in_force().reader.con.cursor(), place.file) if place.file else None
    except NoRelease:
        return None


@office
def challenges(who: Asked) -> HttpResponseBase:
    """What was challenged, and what became of it?"""
    counts = queries.count_challenges()
    if who.request.GET.get("format") == "csv":
        whole = queries.challenges(who.viewer, most=sum(counts.values()))
        return as_csv(_table(whole, who), "challenges", is_sample=who.is_sample)
    at = number(who.request, "page") or 1
    pages = max(1, -(-sum(counts.values()) // SIZE))
    rows = queries.challenges(who.viewer, start=SIZE * (min(at, pages) - 1), most=SIZE)
    paging = Paging(min(at, pages), pages, f"/challenges/?page={at - 1}" if at > 1 else "", f"/challenges/?page={at + 1}" if at < pages else "")
    settled = sum(counts[state] for state in SETTLED)
    answer = f"{plural(sum(counts.values()), 'challenge')} received, {settled} settled: {counts['corrected']} corrected, {counts['not_upheld']} not upheld."
    note = "What somebody wrote is published only as reviewed, once it is settled."
    return shown(who, Sheet("What was challenged, and what became of it?", [answer, note], [*_open_first(who), _table(rows, who), paging]))


def _open_first(who: Asked) -> list[Block]:
    blocks: list[Block] = [Links([("/challenge/", "Challenge something", "no account is needed")])]
    if who.account and may(who.viewer, "settle_challenge"):
        rows = queries.challenges(who.viewer, states=("received", "looking"), most=SIZE)
        lines = [(Cell(row.reference, f"/challenges/{row.reference}/"), row.page, row.wrong, STATES[row.state], _days(row, who)) for row in reversed(rows)]
        empty = "Nothing waits to be looked at."
        blocks.append(Table("To be settled, the longest open first", ("Reference", "Page", "What is said to be wrong", "State", "#Days open"), lines, empty))
    return blocks


def _days(row: queries.Challenge, who: Asked) -> int:
    return days_open(localdate(row.received_at), localdate(row.settled_at) if row.settled_at else None, today=who.today)


def _table(rows: list[queries.Challenge], who: Asked) -> Table:
    lines: list[tuple[Value, ...]] = [
        (
            Cell(row.reference, f"/challenges/{row.reference}/"),
            localdate(row.received_at),
            Cell(STATES[row.state]),
            Cell(row.summary or "published once it is settled", is_missing=not row.summary),
            Cell(row.because or "not settled", is_missing=not row.because),
            _days(row, who),
        )
        for row in rows
    ]
    heads = ("Reference", "Received", "State", "What it was about", "Why it was settled so", "#Days open")
    empty = "Nobody has challenged anything yet. Every page has a link to do so at its foot."
    return Table("Challenges, the latest first", heads, lines, empty, csv="/challenges/?format=csv")


@office
def challenge(who: Asked, reference: str) -> HttpResponse | HttpResponseBase:
    """What became of this challenge?"""
    row = queries.challenge(who.viewer, reference)
    if row is None:
        raise Http404("No such challenge. Check the reference: eight letters and figures with a dash between.")
    acts = _acts(who, row)
    went, written = acted(who, acts, back=f"/challenges/{row.reference}/")
    if went:
        return went
    blocks: list[Block] = [_facts(row), *_written(row), _steps(row), *entries(acts, written)]
    return shown(who, Sheet(f"Challenge {row.reference}", _answer(row, who), blocks, [PAGE]), status=422 if written else 200)


def _answer(row: queries.Challenge, who: Asked) -> list[str]:
    if row.state in SETTLED:
        return [f"{STATES[row.state]} after {plural(_days(row, who), 'day')}. {row.because}", f"What it was about: {row.summary}"]
    keep = "Keep the reference to come back to this page. A person reads it; what you wrote is not published before that."
    return [f"{STATES[row.state]}: open for {plural(_days(row, who), 'day')}.", keep]


def _facts(row: queries.Challenge) -> Facts:
    hidden = Cell("published once it is settled", is_missing=True)
    pairs: list[tuple[str, Value]] = [
        ("Received", localdate(row.received_at)),
        ("State", STATES[row.state]),
        ("Page", Cell(row.page, row.page) if row.page else hidden),
        *([("File", Cell(row.file, note=f"row {row.row}" if row.row is not None else ""))] if row.file else []),
        *([("Release shown", row.release)] if row.release else []),
        *([("E-mail left, erased when settled", row.email)] if row.email else []),
    ]
    return Facts(pairs)


def _written(row: queries.Challenge) -> list[Block]:
    said = (("What is said to be wrong", row.wrong), ("What is said to be right", row.right), ("How to check it", row.checking))
    return [Words([text], heading) for heading, text in said if text]


def _steps(row: queries.Challenge) -> Table:
    rows = [
        (day(localdate(step.at)), VERBS[step.verb], step.because or Cell("not said", is_missing=True))
        for step in sorted(row.steps.all(), key=lambda step: step.pk)
    ]
    return Table("What was done", ("Day", "Step", "Why"), rows, "")


def _acts(who: Asked, row: queries.Challenge) -> list[Act]:
    if who.account is None or not may(who.viewer, "settle_challenge"):
        return []
    by: dict[str, Any] = {"by": who.viewer, "at": who.at}

    def look(_: dict[str, str], version: int) -> None:
        actions.look(row.reference, version=version, **by)

    def settle(answers: dict[str, str], version: int) -> None:
        actions.settle(row.reference, outcome=answers["outcome"], summary=answers["summary"], because=answers["because"], version=version, **by)

    def again(answers: dict[str, str], version: int) -> None:
        actions.look_again(row.reference, because=answers["because"], version=version, **by)

    outcome = (
        Question("outcome", "What comes of it", "choice", required=True, choices=(("correct", "Corrected"), ("not_uphold", "Not upheld"))),
        Question("summary", "What is published of it, without anything of a person", "text", required=True),
        Question("because", "Why", "text", required=True, help="Published."),
    )
    note = "It is published with the reason. The e-mail address is told once, then erased."
    all_acts = (
        ("look", Act("look", "Look at it", "Begin to look at it", (), look, version=row.version)),
        ("correct", Act("settle", "Settle it", "Settle it", outcome, settle, {"summary": row.summary}, note, row.version)),
        ("look_again", Act("look_again", "Open it again", "Open it again", WHY, again, version=row.version)),
    )
    return [act for verb, act in all_acts if row.state in STEPS[verb][0]]
