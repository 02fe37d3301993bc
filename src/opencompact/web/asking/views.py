"""What bodies are asked: what is owed and sent, one answer drafted, cleared and sent by account or one-time link, and silence made public."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect

from opencompact.accounts.rules import NotAllowed, may, require
from opencompact.asking import actions, queries
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import HELD_WORDS, Question
from opencompact.organisations.queries.office import body_names, office_body
from opencompact.web.asking.kinds import Kind, kinds
from opencompact.web.atom import Entry as News
from opencompact.web.atom import feed
from opencompact.web.audit.history import history
from opencompact.web.blocks import Block, Cell, Entry, Facts, Filters, Links, Press, Sheet, Table, Value, Words, as_csv, paged, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, answering, office, signed_in
from opencompact.web.words import day, plural

ASKS = ("/asks/", "Asked of us")
SIZE = 50
CLEAR = (
    Question("name", "Name of the official who clears it", "line", required=True, help="Published with the answer."),
    Question("post", "Their post", "line", required=True),
)
BACK = (Question("note", "What should be changed", "text", required=True),)
LINK = (
    Question("email", "Their e-mail address", "email", required=True, help="Kept until the answer is sent; never published."),
    Question("role", "What they may do", "choice", required=True, choices=(("lead", "Draft"), ("official", "Draft, clear and send"))),
)
# Act → its form, and the right it needs.
FORMS: Mapping[str, tuple[tuple[Question, ...], str]] = {"clear": (CLEAR, "clear"), "send_back": (BACK, "clear"), "link": (LINK, "ask")}
Written = Mapping[str, tuple[Form, int | None]]  # by act, a form that was refused, and the version it was opened on, so that the second of two is told
STATES = {"drafted": "drafted", "returned": "sent back to be changed", "cleared": "cleared, not yet sent", "sent": "sent"}


@signed_in
def asks(who: Asked) -> HttpResponseBase:
    """What is owed, by whom, until when?"""
    names, titles = body_names(), {word: kind.title for word, kind in kinds().items()}
    asked = {name: who.request.GET.get(name, "")[:100] for name in ("body", "kind", "state")}
    rows = _narrowed(who, asked)
    page, paging = paged(rows, at=who.page_asked, size=SIZE, address="/asks/?")
    table = Table(
        "Asked, the earliest due first",
        ("What", "Of whom", "Kind", "Due", "State"),
        [_row(each, names, titles, who) for each in page],
        "Nothing is asked. The central team, auditors and assessors ask; what they ask stands here until it is answered.",
        "The due day itself still counts.",
        "/asks/?format=csv",
    )
    if who.request.GET.get("format") == "csv":
        whole = Table("", table.heads, [_row(each, names, titles, who) for each in rows], "")
        return as_csv(whole, "asks", is_sample=who.is_sample)
    late = rows.filter(answered=False, withdrawn_at=None, due_on__lt=who.today).count()
    fields = (
        ("body", "Of whom", names, asked["body"]),
        ("kind", "Kind", titles, asked["kind"]),
        ("state", "State", {"owed": "Owed", "late": "Past its day", "answered": "Answered"}, asked["state"]),
    )
    links: list[tuple[str, str, str]] = [("/asks/sheet.xlsx", "All of it as a spreadsheet", "to fill in and give back")]
    if any(may(who.viewer, "draft", body=body) for body in who.viewer.bodies) or may(who.viewer, "ask"):
        links.append(("/asks/read/", "Give a filled-in spreadsheet back", "its rows become drafts; nothing is sent by itself"))
    links += [("/asks/new/", "Ask for a sign-off", "")] if may(who.viewer, "ask") else []
    links.append(("/silence/", "What is published as silence", ""))
    answer = f"{plural(rows.count(), 'thing is', 'things are')} asked; {plural(late, 'is', 'are')} past the day without an answer."
    return shown(who, Sheet("What is asked, of whom, until when?", [answer], [Filters(fields, "/asks/"), table, paging, Links(links), *_chase(who, names)]))


def _narrowed(who: Asked, asked: Mapping[str, str]) -> Any:
    rows: Any = queries.asks(who.viewer)
    if not (may(who.viewer, "ask") or asked["body"]) and who.viewer.bodies:
        rows = rows.filter(body__in=sorted(who.viewer.bodies))
    rows = rows.filter(**{name: asked[name] for name in ("body", "kind") if asked[name]})
    if asked["state"] == "owed":
        rows = rows.filter(answered=False, withdrawn_at=None)
    elif asked["state"] == "late":
        rows = rows.filter(answered=False, withdrawn_at=None, due_on__lt=who.today)
    elif asked["state"] == "answered":
        rows = rows.filter(answered=True)
    return rows


def _row(ask: Any, names: Mapping[str, str], titles: Mapping[str, str], who: Asked) -> tuple[Value, ...]:
    return Cell(ask.title, f"/asks/{ask.pk}/"), names.get(ask.body, ask.body), titles.get(ask.kind, ask.kind), ask.due_on, _state(ask, who)


def _state(ask: Any, who: Asked) -> Cell:
    if ask.withdrawn_at:
        return Cell("taken back", mark="quiet")
    if ask.answered:
        return Cell("answered", mark="good")
    if ask.due_on < who.today:
        late = (who.today - ask.due_on).days
        return Cell("silent", mark="late", note=f"{day(who.today)} − {day(ask.due_on)} = {plural(late, 'day')}")
    return Cell("owed", mark="claim", note=f"{plural((ask.due_on - who.today).days, 'day')} left")


def _chase(who: Asked, names: Mapping[str, str]) -> list[Block]:
    """For those who ask: who is silent, body by body."""
    if not may(who.viewer, "ask"):
        return []
    late: dict[str, list[Any]] = {}
    for ask in queries.owed(who.viewer).filter(due_on__lt=who.today):
        late.setdefault(ask.body, []).append(ask)
    rows = [(names.get(body, body), len(held), min(ask.due_on for ask in held)) for body, held in sorted(late.items(), key=lambda each: -len(each[1]))]
    return [Table("Whom to chase", ("Body", "#Past their day", "Since"), rows, "Nobody is late.")]


@signed_in
def ask(who: Asked, pk: int) -> HttpResponseBase:
    """Answer one thing that is asked."""
    held = queries.asks(who.viewer).filter(pk=pk).first()
    if held is None:
        raise Http404("Nothing of that number is asked of a body you act for.")
    return _answer(who, held, f"/asks/{pk}/")


@office
def by_link(who: Asked, token: str) -> HttpResponseBase:
    """The same by a one-time link, without an account; the address is a secret, so no other site is told of it."""
    try:
        held, viewer = actions.open_link(token, at=who.at)
    except NotAllowed as refusal:
        return shown(who, Sheet("This link does not open", [str(refusal)]), status=410)
    response = answering(who, viewer, lambda linked: _answer(linked, held, f"/answer/{token}/"))
    response.headers["Referrer-Policy"] = "same-origin" if who.request.method == "POST" else "no-referrer"
    return response


def _answer(who: Asked, held: Ask, address: str) -> HttpResponseBase:
    kind = kinds().get(held.kind)
    if kind is None:
        raise Http404("This kind of question is no longer asked.")
    if who.request.method == "POST":
        return _step(who, held, kind, address)
    return _page(who, held, kind)


def _on_its_way(who: Asked, held: Ask) -> Submission | None:
    return queries.submissions(who.viewer, ask=held).filter(state__in=("drafted", "cleared", "returned")).first()


def _version(who: Asked) -> int | None:
    text = who.request.POST.get("version", "")
    return int(text) if text.isdigit() else None


def _step(who: Asked, held: Ask, kind: Kind, address: str) -> HttpResponseBase:
    post, act, version = who.request.POST, who.request.POST.get("act", "draft"), _version(who)
    questions = kind.questions(held)
    given = {question.name: post.get(question.name, "") for question in questions}
    try:
        if act in FORMS:
            asked, verb = FORMS[act]
            require(who.viewer, verb, body=held.body, subject=actions.named(held))
            if (form := read(asked, post.dict())[1]).refused:
                return _page(who, held, kind, {act: (form, version)}, status=422)
        if act == "draft":
            actions.draft(held, given=given, questions=questions, version=version, by=who.viewer, at=who.at)
        elif act == "link":
            return _make_link(who, held)
        elif act == "withdraw_ask":
            actions.withdraw_ask(held, by=who.viewer, at=who.at, because="taken back on its page")
        else:
            _forward(who, held, kind, act, version or 0)
    except actions.NotAnswers as refusal:
        form = refused(questions, given, refusal.refusals, says_visibility=True)
        return _page(who, held, kind, {"draft": (form, version)}, status=422)
    return HttpResponseRedirect(address if act != "send" or not address.startswith("/answer/") else "/answer/sent/")


@transaction.atomic
def _forward(who: Asked, held: Ask, kind: Kind, act: str, version: int) -> None:
    """Clear, send back, or send; what is sent is taken by its room in the same transaction."""
    if act not in ("clear", "send_back", "send"):
        raise NotAllowed("This page has no such form.")
    row = _on_its_way(who, held)
    if row is None:
        raise actions.CannotStep("There is no answer on its way: write one first.")
    if act == "clear":
        actions.clear(row, name=who.request.POST.get("name", ""), post=who.request.POST.get("post", ""), version=version, by=who.viewer, at=who.at)
    elif act == "send_back":
        actions.send_back(row, note=who.request.POST.get("note", ""), version=version, by=who.viewer, at=who.at)
    else:
        sent = actions.send(row, version=version, by=who.viewer, at=who.at)
        kind.take(sent, replace(who.viewer, only=""), who.at)  # a link is for one question; its room acts on what that question is about


def _make_link(who: Asked, held: Ask) -> HttpResponseBase:
    email, role = who.request.POST.get("email", "").strip(), who.request.POST.get("role", "")
    token = actions.make_link(held, email=email, role=role, by=who.viewer, at=who.at)
    address = who.request.build_absolute_uri(f"/answer/{token}/")
    text = (
        f"{body_names().get(held.body, held.body)} is asked: {held.title}\n\nDue on {held.due_on:%-d %B %Y}. Answer here; no account is needed:\n{address}\n\n"
        "The link is for you alone, and is spent when the answer is sent.\n"
    )
    send_mail(f"OpenCompact: {held.title}", text, settings.DEFAULT_FROM_EMAIL, [email])
    answer = [f"A link went to {email}. It opens this question alone, until {actions.LINK_DAYS_AFTER_DUE} days past its day, and is spent by the sending."]
    body = office_body(held.body)
    if body and body.mail_domain and not email.lower().endswith((f"@{body.mail_domain}", f".{body.mail_domain}")):
        answer.append(f"The addresses of {body.name} end in {body.mail_domain}; this one does not. If it went astray, take the question back.")
    return shown(who, Sheet("The link is on its way", answer, [Links([(f"/asks/{held.pk}/", "Back to the question", "")])], [ASKS]))


def _page(who: Asked, held: Ask, kind: Kind, written: Written = MappingProxyType({}), *, status: int = 200) -> HttpResponse:
    row, questions, subject = _on_its_way(who, held), kind.questions(held), actions.named(held)
    done = list(queries.submissions(who.viewer, ask=held).filter(state="sent"))
    names = body_names()
    blocks: list[Block] = [
        Facts(
            [
                ("Asked of", names.get(held.body, held.body)),
                ("Asked on", held.asked_on),
                ("Due", held.due_on),
                ("State", _state(held, who) if hasattr(held, "answered") else STATES.get(row.state if row else "", "nothing written yet")),
                ("The answer on its way", f"{STATES[row.state]}, {day(row.drafted_at)}" if row else "none"),
            ]
        )
    ]
    if lines := kind.read_first(held):
        blocks.append(Words(lines, "To read first"))
    if row and row.note:
        blocks.append(Words([row.note], "Sent back, with this note"))
    may_draft = may(who.viewer, "draft", body=held.body, subject=subject)
    if may_draft and not held.withdrawn_at and (row is None or row.state in ("drafted", "returned")) and not done:
        known = dict(row.answers) if row else dict(kind.known(held))
        note = f"Filled in from what is known; nothing is sent until an official of the body clears it. {HELD_WORDS}"
        form, version = written.get("draft", (blank(questions, known, says_visibility=True), row.version if row else None))
        blocks.append(Entry(form, "Save as a draft", "draft", kind.title, note, version))
    blocks += _steps(who, held, row, questions, written)
    blocks += [_answers(each, questions) for each in done]
    blocks += _by_those_who_ask(who, held, bool(done), written)
    blocks += [history(actions.named(held))] if held.body in who.viewer.bodies else []
    answer = f"{names.get(held.body, held.body)} is asked this by {day(held.due_on)}."
    return shown(who, Sheet(held.title, [answer], blocks, [ASKS] if who.account else []), status=status)


def _steps(who: Asked, held: Ask, row: Submission | None, questions: tuple[Question, ...], written: Written) -> list[Block]:
    if row is None:
        return []
    subject = actions.named(held)
    blocks: list[Block] = []
    if may(who.viewer, "clear", body=held.body, subject=subject) and row.state == "drafted":
        form, version = written.get("clear", (blank(CLEAR), row.version))
        blocks += [_answers(row, questions), Entry(form, "Clear it to be sent", "clear", "Clear it", version=version)]
    if may(who.viewer, "clear", body=held.body, subject=subject) and row.state in ("drafted", "cleared"):
        form, version = written.get("send_back", (blank(BACK), row.version))
        blocks.append(Entry(form, "Send it back", "send_back", "Send it back to be changed", version=version, is_closed=True))
    if may(who.viewer, "send", body=held.body, subject=subject) and row.state == "cleared":
        note = f"Cleared by {row.cleared_by_name}, {row.cleared_by_post}. Once sent it stands, and its public fields are published."
        blocks += [_answers(row, questions), Press([("Send it", {"act": "send", "version": row.version})], "Send it", note)]
    return blocks


def _answers(row: Submission, questions: tuple[Question, ...]) -> Facts:
    """The answers of a submission, each said to be public or held; those on their way are seen by their body alone."""
    pairs: list[tuple[str, Value]] = [
        (f"{question.label}{' (held)' if question.held else ''}", _said(question, row.answers.get(question.name))) for question in questions
    ]
    if row.state == "sent":
        pairs.append(("Cleared by", f"{row.cleared_by_name}, {row.cleared_by_post}, on {day(row.cleared_at)}; sent on {day(row.sent_at)}"))
    return Facts(pairs, "What was sent" if row.state == "sent" else "What would be sent")


def _said(question: Question, text: str | None) -> Value:
    return Cell("not answered", is_missing=True) if text is None else dict((*question.choices, *question.otherwise)).get(text, text)


def _by_those_who_ask(who: Asked, held: Ask, done: bool, written: Written) -> list[Block]:
    if done or held.withdrawn_at or not may(who.viewer, "ask", body=held.body):
        return []
    form, _ = written.get("link", (blank(LINK), None))
    return [
        Entry(form, "Send the link", "link", "Send a one-time link to somebody without an account", is_closed=True),
        Press([("Take the question back", {"act": "withdraw_ask"})], note="Taken back, no silence is published."),
    ]


@office
def link_sent(who: Asked) -> HttpResponse:
    """What somebody without an account sees once the answer is sent."""
    return shown(who, Sheet("The answer is sent", ["Thank you. The link is spent. The public fields of the answer are published with the body's name."]))


@office
def silence(who: Asked) -> HttpResponseBase:
    """Who did not answer by the day? Silence is published as silence: it is no veto."""
    names, titles = body_names(), {word: kind.title for word, kind in kinds().items()}
    rows = list(queries.silences(today=who.today)[:2000])
    if who.request.GET.get("format") == "atom":
        said = [(row, f"{names.get(row.body, row.body)} did not answer: {row.title}") for row in rows]
        news = [News("/silence/", words, f"Due on {day(row.due_on)}", row.asked_at, str(row.pk)) for row, words in said]
        return feed(who.request, "Silence", news)
    shown_rows: list[tuple[Value, ...]] = [
        (names.get(row.body, row.body), row.title, titles.get(row.kind, row.kind), row.asked_on, row.due_on, (who.today - row.due_on).days) for row in rows
    ]
    heads = ("Body", "What was asked", "Kind", "Asked on", "Due", "#Days past it")
    note = "Days past it: today minus the due day, which itself still counts. An answer sent late takes its row off."
    table = Table("Not answered by the day", heads, shown_rows, "Every question whose day has passed was answered.", note, "/silence/?format=csv")
    if who.request.GET.get("format") == "csv":
        return as_csv(table, "silence", is_sample=who.is_sample)
    answer = f"{plural(len(rows), 'question')} of {plural(len({row.body for row in rows}), 'body', 'bodies')} stand without an answer past the day."
    return shown(who, Sheet("Who did not answer?", [answer], [table, Links([("/silence/?format=atom", "Follow this as an Atom feed", "")])]))
