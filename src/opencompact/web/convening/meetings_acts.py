"""What a person may fill in and press on the page of a meeting, and what each does, over the rooms it concerns together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.http import Http404

from opencompact.accounts.actions import notify_followers, posts
from opencompact.accounts.rules import may
from opencompact.asking.rules.questions import Question
from opencompact.convening.actions import meetings as actions
from opencompact.convening.actions import meetings_minutes as minutes
from opencompact.convening.queries import meetings as queries
from opencompact.convening.queries.meetings import Meeting
from opencompact.convening.rules.meetings import ACTIONS, ATTENDANCE, COMING, HELD, ITEMS, RIGHTS, WRITING, may_step, poll_closes
from opencompact.organisations.queries.office import body_names, office_bodies
from opencompact.promises.actions.ledger import publish_commitments, record_commitment
from opencompact.web.convening.meetings import WHEN, local, still_owed, times, version_of
from opencompact.web.convening.meetings_returns import is_round_open
from opencompact.web.office import Asked
from opencompact.web.words import day

ANSWER_DAYS = 10  # for bodies to say whether the minutes are right, where the form is not filled in otherwise
MARKS = tuple((str(number), words) for number, words in enumerate(("1, not at all", "2", "3", "4", "5, very"), start=1))
ITEM = (
    Question("kind", "Kind", "choice", required=True, choices=(("item", ITEMS["item"]), ("insight", ITEMS["insight"]))),
    Question("title", "Title", "line", required=True),
    Question("text", "In words", "text"),
    Question("address", "Address of the paper", "address"),
)
MINUTES = (
    Question("minutes", "Minutes", "text", required=True, help="Shared with those who had a place, and published once agreed."),
    Question("held_text", "Notes that are not published", "text", held=True),
)
POLL = (
    Question("use", "Was the meeting of use to you?", "choice", required=True, choices=MARKS),
    Question("topical", "Was it about what matters now?", "choice", required=True, choices=MARKS),
)
BECAUSE = Question("because", "Why", "line", required=True)
# A step taken by one button → what the button says.
STEP_WORDS: Mapping[str, str] = {
    "invite": "Send the invitations",
    "publish_agenda": "Send out the agenda",
    "hold": "It was held",
    "agree_minutes": "The minutes are agreed",
    "publish_minutes": "Publish the minutes",
}


@dataclass(frozen=True)
class Act:
    """A form of the page: its questions, its button and heading, what is known, and what it does with the answers."""

    questions: tuple[Question, ...]
    button: str
    heading: str
    do: Callable[[Mapping[str, str]], object]
    known: Mapping[str, str] | None = None
    note: str = ""


def acts(who: Asked, row: Meeting) -> dict[str, Act]:
    """What the viewer may fill in here, by its word."""
    found: dict[str, Act] = {}
    if may(who.viewer, "plan_meeting"):
        found |= _planning(who, row)
    if may(who.viewer, "write_minutes") and row.state in HELD:
        found |= _writing(who, row)
    return found | _polling(who, row)


def _planning(who: Asked, row: Meeting) -> dict[str, Act]:
    found = _coming(who, row) if row.state in COMING else {}
    if row.state in COMING | WRITING:
        found["place"] = _place(who, row)
    if row.state in WRITING and (held := queries.places(who.viewer, row)):
        names = body_names()
        questions = tuple(Question(f"came-{each.body}", names.get(each.body, each.body), "choice", choices=tuple(ATTENDANCE.items())) for each in held)
        known = {f"came-{each.body}": each.came or each.answer for each in held}
        found["came"] = Act(questions, "Put it down", "Who came", lambda answers: _put_down(who, row, answers), known)
    return found


def _coming(who: Asked, row: Meeting) -> dict[str, Act]:
    """Forms for a meeting still to come."""
    known = {
        "on": str(local(row).date()),
        "from_time": f"{local(row):%H:%M}",
        "to_time": f"{row.ends_at.astimezone(local(row).tzinfo):%H:%M}",
        "where": row.where,
    }
    found = {
        "item": Act(ITEM, "Put it on", "Put an item on the agenda", lambda answers: actions.add_item(
            row.key, kind=answers["kind"], title=answers["title"], text=answers.get("text", ""), address=answers.get("address", ""), by=who.viewer, at=who.at)),
        "move": Act((*WHEN, BECAUSE), "Move it", "Another day, time or place", lambda answers: _move(who, row, answers), known),
        "cancel": Act((BECAUSE,), "Cancel it", "Cancel the meeting", lambda answers: actions.step(
            row.key, "cancel", version=version_of(who), because=answers["because"], by=who.viewer, at=who.at), note="Those invited are told why."),
    }  # fmt: skip
    items = tuple((str(each.pk), each.title) for each in queries.agenda(who.viewer, row) if each.title)
    if items:
        question = Question("item", "Item", "choice", required=True, choices=items)
        found["take_off"] = Act((question,), "Take it off", "Take an item off the agenda", lambda answers: actions.take_off_item(
            row.key, item=int(answers["item"]), by=who.viewer, at=who.at))  # fmt: skip
    names = body_names()
    held = tuple((each.body, names.get(each.body, each.body)) for each in queries.places(who.viewer, row))
    if held:
        question = Question("body", "Body", "choice", required=True, choices=held)
        found["take_back"] = Act((question,), "Take it back", "Take a place back", lambda answers: actions.take_back_place(
            row.key, body=answers["body"], by=who.viewer, at=who.at), note="What was asked of the body is taken back with it.")  # fmt: skip
    return found


def _place(who: Asked, row: Meeting) -> Act:
    bodies = tuple((each.body, each.name) for each in office_bodies(on=local(row).date()))
    questions = (
        Question("body", "Body", "choice", required=True, choices=bodies),
        Question("post", "Whom of it", "choice", choices=tuple(posts().items())),
    )  # fmt: skip
    return Act(questions, "Give it a place", "Invite a body", lambda answers: actions.invite_body(
        row.key, body=answers["body"], post=answers.get("post", ""), by=who.viewer, at=who.at))  # fmt: skip


def _writing(who: Asked, row: Meeting) -> dict[str, Act]:
    """Forms for minutes and for what was asked or offered."""
    found: dict[str, Act] = {}
    if may_step("draft_minutes", row.state):
        found["minutes"] = Act(MINUTES, "Save the draft", "Write the minutes", lambda answers: minutes.write_minutes(
            row.key, minutes=answers["minutes"], held_text=answers.get("held_text", ""), version=version_of(who), by=who.viewer, at=who.at),
            {"minutes": row.minutes, "held_text": row.held_text}, "A new draft ends what bodies said of the last one.")  # fmt: skip
    if row.state == "minutes_drafted":
        question = Question("due_on", "By when", "day", required=True, help="Past that day silence holds nothing up.")
        known = {"due_on": str(who.today + timedelta(days=ANSWER_DAYS))}
        found["ask_minutes"] = Act((question,), "Ask them", "Ask the bodies whether the minutes are right", lambda answers: minutes.ask_of_minutes(
            row.key, due_on=date.fromisoformat(answers["due_on"]), by=who.viewer, at=who.at), known)  # fmt: skip
    questions = (
        Question("kind", "Kind", "choice", required=True, choices=tuple(ACTIONS.items())),
        Question("body", "Who", "choice", required=True, choices=tuple(body_names().items())),
        Question("text", "What is to be done, or was offered", "text", required=True),
        Question("due_on", "By when", "day"),
    )
    found["action"] = Act(questions, "Put it down", "Put down an action or an offer", lambda answers: minutes.raise_action(
        row.key, kind=answers["kind"], body=answers["body"], text=answers["text"],
        due_on=date.fromisoformat(answers["due_on"]) if "due_on" in answers else None, by=who.viewer, at=who.at))  # fmt: skip
    loose = tuple((str(each.pk), each.text[:80]) for each in queries.follow_ups(who.viewer, row) if not each.commitment)
    if loose and row.state in WRITING:
        question = Question("action", "Which", "choice", required=True, choices=loose)
        found["strike"] = Act((question,), "Strike it out", "Strike out an action put down in error", lambda answers: minutes.strike_action(
            int(answers["action"]), by=who.viewer, at=who.at))  # fmt: skip
    return found


def _polling(who: Asked, row: Meeting) -> dict[str, Act]:
    """The two questions, for whoever acts for a body that came and has not answered, while the poll is open."""
    closes = poll_closes(local(row).date())
    if row.state not in HELD or who.today > closes:
        return {}
    bodies = [body for body in sorted(who.viewer.bodies) if may(who.viewer, "answer_poll", body=body)]
    waiting = queries.may_still_answer(row, bodies) if bodies else []
    if not waiting:
        return {}
    note = f"One answer a body, until {day(closes)}. Only counts are kept: your answer has no name and cannot be found again."
    return {"poll": Act(POLL, "Answer", "Two questions about this meeting", lambda answers: minutes.answer_poll(
        row.key, body=waiting[0], use=int(answers["use"]), topical=int(answers["topical"]), by=who.viewer, at=who.at), note=note)}  # fmt: skip


def _put_down(who: Asked, row: Meeting, answers: Mapping[str, str]) -> None:
    came = {name.removeprefix("came-"): word for name, word in answers.items()}
    actions.record_attendance(row.key, came=came, version=version_of(who), by=who.viewer, at=who.at)


def _move(who: Asked, row: Meeting, answers: Mapping[str, str]) -> None:
    starts_at, ends_at = times(answers)
    actions.move_meeting(row.key, starts_at=starts_at, ends_at=ends_at, where=answers.get("where", ""), version=version_of(who), by=who.viewer, at=who.at,
                         because=answers["because"])  # fmt: skip


def presses(who: Asked, row: Meeting) -> list[tuple[str, dict[str, object]]]:
    """The buttons open to the viewer: steps of the meeting, the round of returns, and actions that become commitments."""
    found: list[tuple[str, dict[str, object]]] = [
        (words, {"act": verb, "version": row.version})
        for verb, words in STEP_WORDS.items()
        if may_step(verb, row.state) and may(who.viewer, RIGHTS[verb]) and not (verb == "hold" and row.starts_at > who.at)
    ]
    if may(who.viewer, "plan_meeting") and row.state in ("invited", "agenda_published") and not is_round_open(who, row):
        found.append(("Open the round of returns", {"act": "round"}))
    if may(who.viewer, "write_minutes"):
        loose = [each for each in queries.follow_ups(who.viewer, row) if not each.commitment]
        found += [(f"Put it in the ledger: {each.text[:60]}", {"act": "commit", "action": each.pk}) for each in loose]
    return found


@transaction.atomic
def press(who: Asked, row: Meeting, act: str) -> None:
    """Do what a button says. Raises NotAllowed, CannotMeet, ChangedMeanwhile, Http404 for a button that there is not."""
    if act == "commit":
        commit(who, row, who.request.POST.get("action", ""))
    elif act == "round":
        actions.open_round(row.key, by=who.viewer, at=who.at)
    elif act in STEP_WORDS:
        carried = [line.row.key for line in still_owed(who, row.series)] if act == "publish_agenda" else []
        actions.step(row.key, act, version=version_of(who), carried=carried, by=who.viewer, at=who.at)
        if act == "publish_minutes":
            notify_followers(f"/meetings/series/{row.series}/", text=f"The minutes are published: {row.title}.", at=who.at)
            publish_commitments(f"{minutes.origins_of(row.series)}{row.key}/", by=who.viewer, at=who.at, because=f"the minutes of {row.title} are published")
    else:
        raise Http404(f"There is nothing called {act[:40]!r} to do here.")


def commit(who: Asked, row: Meeting, pk: str) -> None:
    """One click: an action of the minutes becomes a commitment; both stand, or neither."""
    action = next((each for each in queries.follow_ups(who.viewer, row) if str(each.pk) == pk and not each.commitment), None)
    if action is None:
        raise Http404("No such action that is not in the ledger yet.")
    made = record_commitment(
        key=f"{row.key}-action-{pk}", kind=action.kind, title=action.text[:120], text=action.text, owners=[action.body], due_on=action.due_on,
        origin=minutes.origin_of(action), visibility="public" if row.state == "minutes_published" else "shared",
        address="", by=who.viewer, at=who.at, because=f"put down at {row.title}",
    )  # fmt: skip
    minutes.became_commitment(action.pk, commitment=made.key, by=who.viewer, at=who.at)
