"""`This is not us`: the form anybody may send, without an account and without script; each by its reference; and those that are open."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.utils.timezone import localdate

from opencompact.accounts.rules import sees
from opencompact.asking.rules.questions import Question
from opencompact.organisations.actions import decisions as actions
from opencompact.organisations.queries import decisions as queries
from opencompact.organisations.queries import review
from opencompact.publication.queries import NoRelease
from opencompact.web.blocks import Block, Cell, Facts, Links, Sheet, Table, Value, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.judgement.acting import Refused
from opencompact.web.judgement.challenges import form_of, mark, trouble
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.organisations.names import QUEUE, reviewing
from opencompact.web.showing import in_force
from opencompact.web.words import day, plural

DISPUTES = ("/review/disputes/", "Disputed links")
QUESTIONS = (
    Question("payee_name", "The name in the row that is not you, as the row writes it", "line", required=True),
    Question("words", "How we can tell", "text", required=True, help="Up to 2,000 letters. Leave out names of people."),
    Question("email", "Your e-mail address, if you want us to ask back", "line", help="Never published. Erased when it is settled."),
)


@office
def not_us(who: Asked) -> HttpResponseBase:
    """Is this not you? No account is needed, and no address of the machine is kept."""
    given = who.request.POST if who.request.method == "POST" else who.request.GET
    organisation = given.get("organisation", "")[:100].replace("\x00", "")
    name = _name(organisation)
    form, status = blank(QUESTIONS, {"payee_name": given.get("payee", "")[:300].replace("\x00", "")}), 200
    if who.request.method == "POST":
        sent = _take(who, organisation if name else "")
        if isinstance(sent, str):
            return HttpResponseRedirect(f"/review/disputes/{sent}/")
        form, status = sent
    context: dict[str, Any] = {"form": form, "organisation": organisation, "name": name, "mark": mark(who.at)}
    return who.page("organisations/not-us.html", status=status, **context)


def _name(organisation: str) -> str:
    """The organisation's name in the release; empty where it has none of that number."""
    try:
        found = in_force().reader.con.cursor().execute("SELECT name FROM organisations WHERE organisation_id = ?", [organisation]).fetchall()
    except NoRelease:
        return ""
    return str(found[0][0]) if found else ""


def _take(who: Asked, organisation: str) -> str | tuple[Form, int]:
    given = who.request.POST.dict()
    answers, form = read(QUESTIONS, given)
    if form.refused:
        return form, 422
    why = trouble(who) or ("" if organisation else "No such organisation is in this release. Begin from its page.")
    if why:
        return refused(QUESTIONS, given, [Refused("words", answers["words"][:40], why)]), 422
    email = answers.get("email", "")
    try:
        if email:
            validate_email(email)
        told = {"payee_name": answers["payee_name"], "words": answers["words"], "email": email}
        made = actions.object_to_link(form_of(who), organisation_id=organisation, at=who.at, **told)
    except ValidationError:
        return refused(QUESTIONS, given, [Refused("email", email, "This is no e-mail address. Expected one such as name@example.org, or nothing.")]), 422
    except (actions.CannotSettle, actions.TooMany) as refusal:
        return refused(QUESTIONS, given, [Refused("words", "", str(refusal))]), 422 if isinstance(refusal, actions.CannotSettle) else 429
    return str(made.reference)


@office
def dispute(who: Asked, reference: str) -> HttpResponseBase:
    """What became of it?"""
    row = queries.dispute(who.viewer, reference)
    if row is None:
        raise Http404("No such reference. Letters and figures are all capitals, such as ABCD-2345.")
    hidden = Cell("held for reviewers of names", is_missing=True)
    pairs: list[tuple[str, Value]] = [
        ("Received", localdate(row.received_at)),
        ("Organisation", Cell(row.organisation_id, f"/organisations/{row.organisation_id}/")),
        ("Name in the row", row.payee_name or hidden),
        ("What was written", row.words or hidden),
        *([("E-mail left, erased when settled", row.email)] if row.email else []),
    ]
    if row.settled_at:
        pairs += [("Settled", localdate(row.settled_at)), ("What was decided", row.because)]
    state = (
        f"Settled on {day(localdate(row.settled_at))}. {row.because}" if row.settled_at else "Disputed, and open: it stands first among the names to review."
    )
    blocks: list[Block] = [Facts(pairs), *_leads(who, row)]
    keep = "Keep the reference to come back. The figures stay as they are until a person has decided; the record then changes with its next build."
    return shown(who, Sheet(f"Disputed link {row.reference}", [state, keep], blocks, [DISPUTES] if who.account else []))


def _leads(who: Asked, row: queries.Dispute) -> list[Block]:
    if who.account is None or row.settled_at or not sees(who.viewer, "names", bodies=frozenset()):
        return []
    seen = reviewing(who)
    key = review.payee_of_name(seen.con, row.payee_name, row.organisation_id) if seen else ""
    return [Links([(f"/review/payee/{key}/", "Decide about this payee", "the dispute is settled with it")])] if key else []


@signed_in
def disputes(who: Asked) -> HttpResponseBase:
    """Which links are disputed?"""
    rows: list[tuple[Value, ...]] = [
        (Cell(row.reference, f"/review/disputes/{row.reference}/"), row.organisation_id, localdate(row.received_at)) for row in queries.open_disputes()
    ]
    empty = "No link is disputed. Anybody may dispute one from the page of an organisation."
    table = Table("Open, the longest first", ("Reference", "Organisation", "Received"), rows, empty)
    return shown(who, Sheet("Which links are disputed?", [f"{plural(len(rows), 'link is', 'links are')} disputed and open."], [table], [QUEUE]))
