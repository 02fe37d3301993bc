"""The letter that asks a body for evidence on one recommendation: written for the auditor to check, sent as an ask, printed as a letter."""

from django.http import Http404, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from opencompact.accounts.rules import require
from opencompact.asking.rules.questions import Question
from opencompact.judgement.actions import audits_letters as actions
from opencompact.judgement.queries import audits as queries
from opencompact.organisations.queries.office import body_names
from opencompact.values.clocks import due
from opencompact.web.blocks import Cell, Facts, Sheet, shown
from opencompact.web.judgement.acting import Act, acted, entries
from opencompact.web.judgement.audits import AUDITS
from opencompact.web.judgement.audits_grades import grade
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import day

LAST_DAY = "[last day]"
LETTER = (
    Question("text", "The letter", "text", required=True, help="Check every word. It is sent as it stands here."),
    Question("days", "Working days to answer", "number", required=True),
)


@signed_in
def write(who: Asked, key: str, recommendation: str, body: str) -> HttpResponseBase:
    """Write the letter that asks a body for evidence."""
    require(who.viewer, "run_audit")
    held = queries.cell(who.viewer, key, recommendation, body)
    if held is None:
        raise Http404("No such cell of an audit that you may see.")
    name, days = body_names().get(body, body), held.recommendation.round.reply_working_days
    address = f"/audits/{key}/{recommendation}/{body}/"

    def do(answers: dict[str, str], _: int) -> str:
        counted = due(who.today, count=max(1, int(answers["days"])), unit="working_days")
        text = answers["text"].replace(LAST_DAY, day(counted.on))
        made = actions.send_letter(key, recommendation, body, text=text, due_on=counted.on, how_counted=counted.sum, by=who.viewer, at=who.at, because="")
        return f"{address}letter/{made.number}/"

    before = held.earlier[0] if held.earlier else None
    words = {"name": name, "held": held, "grade": grade(before.grade).label if before else "", "before": before, "last_day": LAST_DAY}
    known = {"text": render_to_string("judgement/audits_letter.txt", words).strip(), "days": str(days)}
    act = Act("send", "", "Send it", LETTER, do, known, f"{LAST_DAY} stands for the last day to answer, counted when it is sent.")
    went, written = acted(who, [act], back=address)
    if went:
        return went
    crumbs = [AUDITS, (f"/audits/{key}/", held.recommendation.round.title), (address, name)]
    blocks = entries([act], written, is_closed=False)
    answer = "Once sent it is an ask: it is answered by account, by one-time link or in a spreadsheet, and chased like any other."
    return shown(who, Sheet(f"Ask {name} for evidence", [answer], blocks, crumbs), status=422 if written else 200)


@office
def letter(who: Asked, key: str, recommendation: str, body: str, number: int) -> HttpResponseBase:
    """One letter as it was sent, to print."""
    held = queries.cell(who.viewer, key, recommendation, body)
    row = next((each for each in held.letters if each.number == number), None) if held else None
    if held is None or row is None:
        raise Http404("No such letter that you may see.")
    name = body_names().get(body, body)
    facts = Facts(
        [
            ("Sent", day(localdate(row.sent_at))),
            ("Answer due", Cell(day(row.due_on), note=row.how_counted)),
            ("Answer", row.answer or Cell("none yet", is_missing=True)),
            ("Evidence sent", Cell(row.address, row.address) if row.address else Cell("no address given", is_missing=True)),
            *([("Told to the office, not published", row.held_answer)] if row.held_answer else []),
        ],
        "Its answer",
    )
    crumbs = [AUDITS, (f"/audits/{key}/", held.recommendation.round.title), (f"/audits/{key}/{recommendation}/{body}/", name)]
    sheet = Sheet(f"Letter {number} to {name}", [f"About: {held.recommendation.title}"], [facts], crumbs)
    return who.page("judgement/audits_letter.html", sheet=sheet, crumbs=crumbs, letter=row)
