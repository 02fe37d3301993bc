"""Pages by which a plan's tracker is read from its spreadsheet, a plan's open actions are carried into the next, and its owners asked."""

from datetime import date

from django.db import transaction
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.text import slugify

from opencompact.accounts.rules import require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.queries.office import body_names
from opencompact.promises.actions import tracker as actions
from opencompact.promises.actions.ledger import CannotRecord
from opencompact.promises.queries import ledger as queries
from opencompact.promises.rules.commitments import is_closed
from opencompact.web.blocks import Cell, Entry, Sheet, Table, shown
from opencompact.web.forms import blank, read, refused
from opencompact.web.office import Asked, signed_in
from opencompact.web.promises.asked import ASKING, ask_owners, too_soon
from opencompact.web.promises.ledger import LEDGER, plan_title, state_words
from opencompact.web.words import plural

PLANS = ("/ledger/plans/", "Plans")
TRACKER = (
    Question("plan", "The plan's short name", "line", required=True, help="Such as joint-action-plan-2031."),
    Question("year_ends_on", "The day the tracker speaks of", "day", required=True, help="Where it stands is recorded as told on that day."),
)
_NAMED = "a short name of letters and figures, such as joint-action-plan-2031"
CARRY = (Question("to", "The next plan's short name", "line", required=True), Question("due_on", "The new day they are due", "day"))


@signed_in
def read_tracker(who: Asked) -> HttpResponseBase:
    """Read a plan's tracker."""
    require(who.viewer, "roll_over")
    form, status = blank(TRACKER), 200
    if who.request.method == "POST":
        answers, form = read(TRACKER, who.request.POST.dict())
        file = who.request.FILES.get("tracker")
        if file is None:
            form = refused(TRACKER, who.request.POST.dict(), [Refusal("The tracker", "", "a spreadsheet, saved as .xlsx")])
        elif not form.refused and not _short(answers["plan"]):
            form = refused(TRACKER, who.request.POST.dict(), [Refusal("plan", answers["plan"], _NAMED)])
        if not form.refused and file is not None:
            plan, day = _short(answers["plan"]), date.fromisoformat(answers["year_ends_on"])
            try:
                actions.read_tracker(file.read(), file=str(file.name), plan=plan, year_ends_on=day, bodies=body_names(), by=who.viewer, at=who.at)
                return HttpResponseRedirect(f"/ledger/plans/{plan}/")
            except actions.CannotReadTracker as refusal:
                form = refused(TRACKER, who.request.POST.dict(), [Refusal("The tracker", str(file.name), str(refusal))])
        status = 422
    note = (
        "One row for each action, with at least the columns action and owner. Rows that cannot be read are kept and shown with their place; the others stand."
    )
    entry = Entry(form, "Read it", enctype="multipart/form-data", files=(("tracker", "The spreadsheet (.xlsx)"),))
    return shown(who, Sheet("Read a plan's tracker", [note], [entry], [LEDGER, PLANS]), status=status)


@signed_in
def roll_over(who: Asked, plan: str) -> HttpResponseBase:
    """Carry what is still owed into the next plan."""
    require(who.viewer, "roll_over")
    lines = queries.lines(list(queries.commitments(who.viewer).filter(plan=plan).order_by("objective", "key")))
    carried = queries.carried_on(who.viewer, plan)
    owed = [line for line in lines if not is_closed(line.state) and line.row.pk not in carried]
    form = blank(CARRY)
    if who.request.method == "POST":
        answers, form = read(CARRY, who.request.POST.dict())
        if not form.refused:
            try:
                _carry(who, plan, [line.row.key for line in owed], answers)
                return HttpResponseRedirect(f"/ledger/plans/{plan}/became/")
            except CannotRecord as refusal:
                form = refused(CARRY, who.request.POST.dict(), [Refusal("to", answers["to"], str(refusal))])
    table = Table(
        "Still owed and not carried on",
        ("Action", "Where it stands"),
        [(Cell(line.row.title, f"/ledger/{line.row.key}/"), state_words(line.state, who.today)) for line in owed],
        "Nothing of this plan is still owed.",
    )
    answer = f"{plural(len(owed), 'action')} would be carried on, each as a new one that names the old."
    entries = [Entry(form, "Carry them on")] if owed else []
    crumbs = [LEDGER, PLANS, (f"/ledger/plans/{plan}/", plan_title(plan))]
    return shown(who, Sheet(f"What of the {plan_title(plan)} goes on?", [answer], [table, *entries], crumbs), status=422 if form.refused else 200)


def _short(text: str) -> str:
    """A plan's short name as it stands in addresses."""
    return slugify(text)[:80]


def _carry(who: Asked, plan: str, keys: list[str], answers: dict[str, str]) -> None:
    to, due = _short(answers["to"]), date.fromisoformat(answers["due_on"]) if "due_on" in answers else None
    if to in ("", plan):
        raise CannotRecord(_NAMED if not to else "another plan than this one")
    actions.carry_over(plan, keys=keys, to=to, due_on=due, by=who.viewer, at=who.at, because=f"still owed when {plan} ended")


@signed_in
def ask_plan(who: Asked, plan: str) -> HttpResponseBase:
    """Ask the owners of every open action of a plan for an update."""
    require(who.viewer, "ask")
    lines = queries.lines(list(queries.commitments(who.viewer).filter(plan=plan).order_by("objective", "key")))
    still = [line for line in lines if not is_closed(line.state) and line.owners]
    form = blank(ASKING)
    if who.request.method == "POST":
        answers, form = read(ASKING, who.request.POST.dict())
        form = form if form.refused else refused(ASKING, who.request.POST.dict(), too_soon(answers, today=who.today))
        if not form.refused:
            with transaction.atomic():
                for line in still:
                    ask_owners(who, line, due_on=date.fromisoformat(answers["due_on"]))
            return HttpResponseRedirect("/asks/?kind=update")
    names = body_names()
    rows = [
        (
            Cell(line.row.title, f"/ledger/{line.row.key}/"),
            ", ".join(names.get(owner.body, owner.body) for owner in line.owners),
            state_words(line.state, who.today),
        )
        for line in still
    ]
    table = Table("Open actions", ("Action", "Of whom", "Where it stands"), rows, "Nothing of this plan is open.")
    entries = [Entry(form, "Ask them all")] if still else []
    crumbs = [LEDGER, PLANS, (f"/ledger/plans/{plan}/", plan_title(plan))]
    answer = f"Each owner of {plural(len(still), 'open action')} is asked; those asked for the same day already are not asked twice."
    return shown(who, Sheet(f"Who is asked about the {plan_title(plan)}?", [answer], [*entries, table], crumbs), status=422 if form.refused else 200)
