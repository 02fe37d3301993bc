"""The page by which the office asks bodies to sign a statement about them off."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import require
from opencompact.asking.actions import ask
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.queries.office import office_bodies
from opencompact.web.asking.views import ASKS
from opencompact.web.blocks import Entry, Sheet, shown
from opencompact.web.forms import blank, read, refused
from opencompact.web.labels import body_kinds
from opencompact.web.office import Asked, signed_in

_ALL = "kind:"


def _questions(who: Asked) -> tuple[Question, ...]:
    bodies = list(office_bodies(on=who.today))
    called = {"sector": "Sector bodies"}  # a kind that the record does not have
    kinds = tuple((f"{_ALL}{kind}", f"All of them: {called.get(kind) or body_kinds(kind)}") for kind in sorted({row.kind for row in bodies}))
    return (
        Question("title", "What is it that they are asked to sign off?", "line", required=True, help="Such as: Are your figures of 2033 right?"),
        Question("address", "Where they can read it", "address"),
        Question("whom", "Of whom", "choice", required=True, choices=(*kinds, *((row.body, row.name) for row in bodies))),
        Question("due_on", "An answer by", "day", required=True, help="After that day silence is published as silence."),
    )


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Ask for a sign-off."""
    require(who.viewer, "ask")
    questions = _questions(who)
    form = blank(questions)
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused and date.fromisoformat(answers["due_on"]) <= who.today:
            form = refused(questions, who.request.POST.dict(), [Refusal("due_on", answers["due_on"], "a day after today")])
        if not form.refused:
            _ask(who, answers)
            return HttpResponseRedirect("/asks/?kind=sign_off")
    note = "An official of each body says by name whether it is right, or what is not. Updates, returns and replies are asked for on their own pages."
    return shown(who, Sheet("Ask for a sign-off", [note], [Entry(form, "Ask")], [ASKS]), status=422 if form.refused else 200)


@transaction.atomic
def _ask(who: Asked, answers: Mapping[str, str]) -> None:
    whom, due = answers["whom"], date.fromisoformat(answers["due_on"])
    bodies = [row.body for row in office_bodies(whom.removeprefix(_ALL), on=who.today)] if whom.startswith(_ALL) else [whom]
    title = f"{answers['title']} {answers['address']}" if "address" in answers else answers["title"]
    for body in bodies:
        ask(body, kind="sign_off", subject=f"{slugify(answers['title'])[:80]}/{due}", title=title, due_on=due, by=who.viewer, at=who.at, because="a sign-off")
