"""Who takes part in the office: the bodies, how they came and went, and the forms by which the central team records them or brings them in from the record."""

import re
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import NotAllowed, may, require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.actions.office import record_body, record_succession
from opencompact.organisations.queries import office as queries
from opencompact.organisations.rules.succession import HOW, NotASuccession
from opencompact.publication.queries import NoRelease
from opencompact.web.blocks import Block, Cell, Entry, Sheet, Table, Value, as_csv, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.labels import body_kind, body_kinds, labels
from opencompact.web.office import Asked, office
from opencompact.web.organisations.reads import bodies_of_kind, kinds_of_bodies
from opencompact.web.showing import in_force
from opencompact.web.words import plural

SECTOR = ("sector", "Sector body")
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")


def _kinds() -> tuple[tuple[str, str], ...]:
    return (*labels("body-kinds", "kind").items(), SECTOR)


def _one() -> tuple[Question, ...]:
    return (
        Question("name", "Its name", "line", required=True),
        Question(
            "slug", "Its name in addresses", "line", help="As the public record has it, such as department-of-examples; made from its name if left empty."
        ),
        Question("kind", "Kind", "choice", required=True, choices=_kinds()),
        Question("from_on", "In being since", "day"),
        Question("until_on", "First day it is no more", "day"),
        Question("mail_domain", "The end of its e-mail addresses", "line", help="What follows the @; a link sent elsewhere is pointed out."),
    )


def _continues() -> tuple[Question, ...]:
    names = tuple(queries.body_names().items())
    return (
        Question("predecessor", "Body that goes", "choice", required=True, choices=names),
        Question("successor", "Body that carries on its promises, posts and history", "choice", required=True, choices=names),
        Question("on", "From the day", "day", required=True),
        Question("how", "How", "choice", required=True, choices=tuple((word, word) for word in HOW)),
        Question("because", "Where it says so", "line", required=True),
    )


def _from_record() -> tuple[Question, ...]:
    try:
        held = kinds_of_bodies(in_force().reader.con.cursor())
    except NoRelease:
        return ()
    choices = tuple((kind, f"{body_kinds(kind)}: {number:,}") for kind, number in held)
    return (Question("kind", "Every body in being of this kind", "choice", required=True, choices=choices),) if choices else ()


@office
def taking_part(who: Asked) -> HttpResponseBase:
    """Who takes part?"""
    if who.request.method != "POST":
        return _page(who, {})
    require(who.viewer, "record_body")
    act = who.request.POST.get("act", "")
    questions = {"one": _one, "continues": _continues, "bring": _from_record}.get(act)
    if questions is None:
        raise NotAllowed("This page has no such form.")
    asked, post = questions(), who.request.POST.dict()
    if not asked:
        raise NotAllowed("There is no release to bring bodies in from. Build one first, or record the body.")
    answers, form = read(asked, post)
    if act == "one" and not form.refused and not slugify(answers.get("slug") or answers["name"]):
        form = refused(asked, post, [Refusal("slug", answers.get("slug", ""), "letters or digits")])
    if not form.refused:
        try:
            _do(who, act, answers)
            return HttpResponseRedirect("/taking-part/")
        except NotASuccession as refusal:
            form = refused(asked, post, [Refusal("on", answers["on"], str(refusal))])
    return _page(who, {act: form}, status=422)


def _do(who: Asked, act: str, answers: Mapping[str, str]) -> None:
    days = {name: date.fromisoformat(answers[name]) for name in ("from_on", "until_on", "on") if name in answers}
    if act == "one":
        record_body(
            slugify(answers.get("slug") or answers["name"])[:120], name=answers["name"], kind=answers["kind"], from_on=days.get("from_on"),
            until_on=days.get("until_on"), mail_domain=answers.get("mail_domain", "").removeprefix("@"), by=who.viewer, at=who.at,
        )  # fmt: skip
    elif act == "continues":
        record_succession(
            answers["predecessor"], successor=answers["successor"], on=days["on"], how=answers["how"], by=who.viewer, at=who.at, because=answers["because"]
        )
    else:
        bring_in(who, answers["kind"])


@transaction.atomic
def bring_in(who: Asked, kind: str) -> int:
    """Every body in being of the kind that the record tells of and that does not take part yet; gives how many came."""
    held = queries.body_names()
    new = [row for row in bodies_of_kind(in_force().reader.con.cursor(), kind) if row["body"] not in held and _SLUG.fullmatch(row["body"])]
    for row in new:
        record_body(row["body"], name=row["name"], kind=kind, by=who.viewer, at=who.at)
    return len(new)


def _page(who: Asked, written: Mapping[str, Form], *, status: int = 200) -> HttpResponseBase:
    bodies, names = list(queries.office_bodies()), queries.body_names()
    after: dict[str, list[str]] = {}
    for step in queries.steps():
        after.setdefault(step.predecessor, []).append(f"{names.get(step.successor, step.successor)} ({step.how})")
    rows: list[tuple[Value, ...]] = [
        (
            Cell(row.name, f"/posts/{row.body}/"),
            dict([SECTOR]).get(row.kind) or body_kind(row.kind),
            row.from_on or Cell("not said", is_missing=True),
            row.until_on or "in being",
            "; ".join(after.get(row.body, [])) or "",
            row.body,
        )
        for row in bodies
    ]
    heads = ("Body", "Kind", "Since", "Until", "Carried on by", "Its name in addresses")
    empty = "No body takes part yet. The central team records them here, or brings them in from the record."
    table = Table("Bodies that take part", heads, rows, empty, csv="/taking-part/?format=csv")
    if who.request.GET.get("format") == "csv":
        return as_csv(table, "taking-part", is_sample=who.is_sample)
    here = sum(row.until_on is None or row.until_on > who.today for row in bodies)
    answer = f"{plural(here, 'body', 'bodies')} in being take part; {plural(len(bodies) - here, 'body has', 'bodies have')} gone."
    return shown(who, Sheet("Who takes part?", [answer], [table, *_forms(who, written)]), status=status)


def _forms(who: Asked, written: Mapping[str, Form]) -> list[Block]:
    if not may(who.viewer, "record_body"):
        return []
    bring = _from_record()
    note = "A body recorded under a name in addresses that stands already is put right."
    return [
        *([Entry(written.get("bring") or blank(bring), "Bring them in", "bring", "Bring bodies in from the record", is_closed=True)] if bring else []),
        Entry(written.get("one") or blank(_one()), "Record it", "one", "Record a body, or put it right", note, is_closed=True),
        Entry(written.get("continues") or blank(_continues()), "Record it", "continues", "A body was merged, split, moved or renamed", is_closed=True),
    ]
