"""The page by which a commitment is put on the record."""

import secrets
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import may, require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.queries import office as organisations
from opencompact.promises.actions import ledger as actions
from opencompact.promises.rules.commitments import KINDS
from opencompact.web.blocks import Entry, Sheet, shown
from opencompact.web.forms import blank, read, refused
from opencompact.web.office import Asked, signed_in
from opencompact.web.promises.commitment import STAGE
from opencompact.web.promises.ledger import LEDGER


def new_questions(who: Asked) -> tuple[Question, ...]:
    """What is asked of a new commitment; whoever acts for a body puts down that body's own."""
    names = organisations.body_names()
    bodies = tuple(names.items()) if may(who.viewer, "record_commitment") else tuple((body, names.get(body, body)) for body in sorted(who.viewer.bodies))
    return (
        Question("kind", "What kind it is", "choice", required=True, choices=tuple(KINDS.items())),
        Question("title", "A short title", "line", required=True),
        Question("text", "In its own words", "text", required=True, help="As it was promised, word for word."),
        Question("body", "Who is to do it", "choice", required=True, choices=bodies),
        Question("also", "Who is to do it together with them", "choice", choices=bodies),
        Question("due_on", "By when", "day"),
        Question("said_on", "Promised on", "day"),
        Question("plan", "The plan it stands in", "line", help="A short name, such as joint-action-plan-2031."),
        Question("objective", "Under which objective", "line"),
        Question("place", "Where in the plan", "line", help="Page or section."),
        Question("address", "Where it is published", "address"),
        Question("money_promised", "Money promised, in pounds", "money"),
        STAGE,
        Question("has_owner", "Does its wording say who?", "yes_no"),
        Question("has_date", "Does its wording say by when?", "yes_no"),
        Question("is_specific", "Is its wording specific?", "yes_no"),
        Question(
            "measurable", "Could anybody tell by its wording whether it was done?", "choice", choices=(("yes", "Yes"), ("partly", "Partly"), ("no", "No"))
        ),
        Question("visibility", "Who sees it", "choice", required=True, choices=(("public", "Everybody"), ("shared", "Those who work on the agreement"))),
    )


@signed_in
def new(who: Asked) -> HttpResponseBase:
    """Put a commitment on the record."""
    if not any(may(who.viewer, "record_commitment", body=body) for body in who.viewer.bodies):
        require(who.viewer, "record_commitment")
    questions = new_questions(who)
    form = blank(questions, {"visibility": "public"})
    if who.request.method == "POST":
        answers, form = read(questions, who.request.POST.dict())
        if not form.refused:
            try:
                return HttpResponseRedirect(f"/ledger/{_record(who, answers)}/")
            except actions.CannotRecord as refusal:
                form = refused(questions, who.request.POST.dict(), [Refusal("title", answers["title"], str(refusal))])
    note = "Once recorded its words stand; what becomes of it is told in updates."
    return shown(who, Sheet("Record a commitment", [note], [Entry(form, "Record it")], [LEDGER]), status=422 if form.refused else 200)


def _record(who: Asked, answers: Mapping[str, str]) -> str:
    yes = {"yes": True, "no": False}
    days = {name: date.fromisoformat(answers[name]) for name in ("due_on", "said_on") if name in answers}
    wording = actions.Wording(
        plan=slugify(answers.get("plan", "")),
        objective=answers.get("objective", ""),
        place=answers.get("place", ""),
        is_specific=yes.get(answers.get("is_specific", "")),
        has_owner=yes.get(answers.get("has_owner", "")),
        has_date=yes.get(answers.get("has_date", "")),
        measurable=answers.get("measurable", ""),
        money_promised=Decimal(answers["money_promised"]) if "money_promised" in answers else None,
        said_on=days.get("said_on"),
        stage=answers.get("stage", ""),
    )
    key = f"{slugify(answers['title'])[:60] or 'commitment'}-{secrets.token_hex(2)}"
    made = actions.record_commitment(
        key=key,
        kind=answers["kind"],
        title=answers["title"],
        text=answers["text"],
        owners=list(dict.fromkeys(filter(None, (answers["body"], answers.get("also", ""))))),
        due_on=days.get("due_on"),
        visibility=answers["visibility"],
        address=answers.get("address", ""),
        wording=wording,
        by=who.viewer,
        at=who.at,
        because=f"recorded by {who.viewer.name}",
    )
    return str(made.key)
