"""What bodies answer around a meeting: the return before it, whether they come, and whether its minutes are right."""

from collections.abc import Mapping
from datetime import datetime

from opencompact.accounts.rules import PUBLIC, Grant, Viewer
from opencompact.asking.queries import Ask, Submission
from opencompact.asking.rules.questions import Question
from opencompact.convening.actions import meetings as actions
from opencompact.convening.actions import meetings_minutes as minutes
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.convening.rules.meetings import ATTENDANCE
from opencompact.promises.queries import ledger
from opencompact.promises.rules.commitments import DELIVERY
from opencompact.publication.queries import NoRelease
from opencompact.records.queries import Wanted, consultations
from opencompact.web.asking.kinds import Kind
from opencompact.web.convening import roundtables_asked
from opencompact.web.convening.meetings import LONDON, hours, local
from opencompact.web.convening.meetings_returns import return_questions
from opencompact.web.showing import in_force
from opencompact.web.words import day

COMING = (
    Question("answer", "Do you come?", "choice", required=True, choices=tuple(ATTENDANCE.items())[:3]),
    Question("who", "Who comes", "line", held=True),
)
RIGHT = (
    Question("agrees", "Are the minutes right?", "yes_no", required=True),
    Question("text", "What should change", "text", held=True, help="Needed where you say no."),
)
FILLED_IN = 10  # lines of each list that are filled in before


def _return(_: Ask) -> tuple[Question, ...]:
    return return_questions()


def _known_return(ask: Ask) -> Mapping[str, str]:
    """What is public of the body's own doings is filled in, to be kept or changed."""
    rows = ledger.owned_by(ledger.commitments(PUBLIC), [ask.body]).exclude(delivery_now="not_started").order_by("key")[:FILLED_IN]
    said = {
        "done": [f"{line.row.title}: {DELIVERY[line.state.delivery].lower()}" for line in ledger.lines(list(rows))],
        "consultations": _opened(ask),
    }
    return {name: "\n".join(lines) for name, lines in said.items() if lines}


def _opened(ask: Ask) -> list[str]:
    """The body's consultations opened since the last meeting, as the release in force has them; none without a release."""
    row = _of(ask)
    last = queries.held_before(row.starts_at, of=row.series).first() if row else None
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return []
    held = consultations(con, wanted=Wanted(bodies=(ask.body,)), limit=FILLED_IN)
    since = last.starts_at.astimezone(LONDON).date() if last else None
    return [_line(each) for each in held if each["opened_on"] and (since is None or each["opened_on"] >= since)]


def _line(each: Mapping[str, object]) -> str:
    days = each["days_open"]
    return f"{each['title']}: {'how long it was open is not known' if days is None else f'open for {days} days'}"


def _of(ask: Ask) -> Meeting | None:
    return queries.meetings().filter(key=ask.subject.partition("/")[0]).first()


def _when(ask: Ask) -> tuple[str, ...]:
    """When and where the meeting is, for who answers by a link and sees no other page."""
    row = _of(ask)
    return (f"{row.title}: {day(local(row).date())}, {hours(row)}{f', {row.where}' if row.where else ''}.",) if row else ()


def _draft(ask: Ask) -> tuple[str, ...]:
    """The draft that is asked of, while it stands; whoever answers the ask acts for a body that it is shared with."""
    row = queries.meeting(Viewer(grants=(Grant("lead", ask.body),)), ask.subject.partition("/")[0])
    if row is None or actions.draft_of(row) != ask.subject:
        return ("This draft no longer stands: the minutes were written anew.",)
    return (*_when(ask), *row.minutes.splitlines())


def _nothing(_: Ask) -> Mapping[str, str]:
    return {}


def _keep(submission: Submission, by: Viewer, at: datetime) -> None:
    """A return stands as it was sent; the cockpit and the meeting read it there."""


def _coming(submission: Submission, by: Viewer, at: datetime) -> None:
    told = submission.answers
    actions.answer_invitation(submission.ask.subject, body=submission.ask.body, answer=told["answer"], who=told.get("who", ""), by=by, at=at)


def _right(submission: Submission, by: Viewer, at: datetime) -> None:
    told = submission.answers
    minutes.say_of_minutes(submission.ask.subject, body=submission.ask.body, agrees=told["agrees"] == "yes", text=told.get("text", ""), by=by, at=at)


KINDS = {
    **roundtables_asked.KINDS,
    "meeting_return": Kind("The return before a meeting", _return, _known_return, _keep, _when),
    "attendance": Kind("Whether you come to a meeting", lambda _: COMING, _nothing, _coming, _when),
    "minutes_agreement": Kind("Whether the minutes are right", lambda _: RIGHT, _nothing, _right, _draft),
}
