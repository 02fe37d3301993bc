"""What may be done on a roundtable's page: forms and buttons, what each does in the rooms, and the mails that go out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpResponseBase

from opencompact.accounts.rules import may
from opencompact.asking.actions import ask
from opencompact.asking.rules.questions import Question
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.actions.draw import draw_places
from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries import roundtables_profiles as profiles
from opencompact.convening.queries.roundtables import Invitee, Point, Roundtable
from opencompact.convening.rules.roundtables import ANSWERS, RIGHTS, may_step
from opencompact.organisations.queries.office import body_names
from opencompact.web.blocks import Block, Links, Press, Sheet, Table, shown
from opencompact.web.convening.roundtables_seen import Seen
from opencompact.web.office import Asked

BUTTONS = {"send": "Send the invitations", "close": "Close it and send what came of it to the room", "cancel": "Cancel it"}

WHERE = "Published. What only those who come may know, such as the number to call, you send them yourself."


@dataclass(frozen=True)
class Act:
    """A form of the page: what is asked, the button, its heading, a note, and what is filled in."""

    questions: tuple[Question, ...]
    button: str
    heading: str
    note: str = ""
    known: Mapping[str, str] = field(default_factory=dict)


def offered(seen: Seen) -> dict[str, Act]:
    """The forms the viewer may fill in, by act."""
    if seen.who.account is None:
        return {}
    making: dict[str, Callable[[Seen], Act | None]] = {
        "draw": _draw_form, "answer": _answer_form, "resend": _resend_form, "move": _move_form, "hold": _hold_form, "point": _point_form,
        "ask_change": _change_form,
    }  # fmt: skip
    ours = [act for act in making if may(seen.who.viewer, RIGHTS[act]) and may_step(act, seen.row.state)]
    return {act: form for act in ours if (form := making[act](seen))}


def _draw_form(seen: Seen) -> Act:
    seed = Question("seed", "Seed", "number", required=True, help="Any number, best one nobody could choose, such as a published one named beforehand.")
    again = seen.row.state == "invited"
    note = "Who accepted or has not answered keeps the place." if again else "Every draw is listed with its seed, also one that is replaced."
    return Act((seed,), "Draw", "Draw anew for the places declined" if again else "Draw the places", note)


def _move_form(seen: Seen) -> Act:
    row = seen.row
    questions = (
        Question("on", "Day", "day", required=True),
        Question("where", "Where", "line", help=WHERE),
        Question("replies_due_on", "Day by which every point has its reply", "day", required=True),
        Question("because", "Why", "line", required=True),
    )
    known = {"on": str(row.on), "where": row.where, "replies_due_on": str(row.replies_due_on)}
    return Act(questions, "Move it", "Another day or place", "Everybody invited who has not declined is told.", known)


def _invited(seen: Seen) -> tuple[tuple[str, str], ...]:
    return tuple((str(place.pk), _name(place)) for place in seen.people if place.token_hash)


def _name(place: Invitee) -> str:
    return f"{place.contact.name}, {place.contact.organisation}" if place.contact else f"Place {place.pk}, erased"


def _answer_form(seen: Seen) -> Act | None:
    if not (places := _invited(seen)):
        return None
    questions = (
        Question("place", "Who", "choice", required=True, choices=places),
        Question("answer", "What they said", "choice", required=True, choices=tuple(ANSWERS.items())),
    )
    return Act(questions, "Put it down", "Put down an answer you were told")


def _resend_form(seen: Seen) -> Act | None:
    if not (places := _invited(seen)):
        return None
    asked = (Question("place", "To whom", "choice", required=True, choices=places),)
    return Act(asked, "Send it again", "Send an invitation again", "The link sent before opens nothing more.")


def _hold_form(seen: Seen) -> Act:
    places = [place for place in seen.people if place.answer != "declined"]
    return Act(tuple(Question(str(place.pk), _name(place), "yes_no", required=True) for place in places), "It was held", "It was held: who came")


def _point_form(seen: Seen) -> Act:
    came = tuple((str(place.pk), _name(place)) for place in seen.people if place.came and place.contact)
    questions = (
        Question("text", "The point, in words", "text", required=True),
        Question("body", "Who is to reply", "choice", required=True, choices=tuple(seen.names.items())),
        Question("agreed", "Does who made it agree to be named?", "yes_no", required=True, help="If not, no name is kept."),
        *([Question("speaker", "Who made it, only if they agree", "choice", choices=came)] if came else []),
    )
    return Act(questions, "Put it down and ask for the reply", "Put down a point", f"The body is asked for its reply by {seen.row.replies_due_on:%-d %B %Y}.")


def _change_form(seen: Seen) -> Act | None:
    replied = tuple((str(each.pk), each.text[:80]) for each in seen.points if each.reply)
    if not replied:
        return None
    questions = (Question("point", "Point", "choice", required=True, choices=replied), Question("due_on", "By when", "day", required=True))
    return Act(questions, "Ask", "Ask a body what changed since its reply")


def buttons(who: Asked, row: Roundtable) -> list[Block]:
    """The steps open to the viewer."""
    open_ones = [(said, {"act": verb, "version": row.version}) for verb, said in BUTTONS.items() if may(who.viewer, RIGHTS[verb]) and may_step(verb, row.state)]
    return [Press(open_ones, "Next steps")] if open_ones else []


def do(who: Asked, row: Roundtable, act: str, answers: Mapping[str, str]) -> HttpResponseBase | None:
    """What a form asks for; gives a page where something is to be said of it."""
    if act == "draw":
        draw_places(row.key, seed=int(answers["seed"]), words=profiles.labels(), version=_version(who), by=who.viewer, at=who.at)
    elif act == "move":
        return _move(who, row, answers)
    elif act == "answer":
        actions.put_answer(row.key, int(answers["place"]), answer=answers["answer"], by=who.viewer, at=who.at)
    elif act == "resend":
        return _sent(who, row, [actions.send_again(row.key, int(answers["place"]), by=who.viewer, at=who.at)])
    elif act == "hold":
        actions.hold(row.key, came=[int(pk) for pk, said in answers.items() if said == "yes"], version=_version(who), by=who.viewer, at=who.at)
    elif act == "point":
        put_point(who, row, answers)
    else:
        _ask_change(who, row, answers)
    return None


def _move(who: Asked, row: Roundtable, answers: Mapping[str, str]) -> HttpResponseBase | None:
    on, where = date.fromisoformat(answers["on"]), answers.get("where", "")
    emails = actions.move(
        row.key, on=on, where=where, replies_due_on=date.fromisoformat(answers["replies_due_on"]), version=_version(who), by=who.viewer, at=who.at,
        because=answers["because"],
    )  # fmt: skip
    text = f"The roundtable you were invited to has another day or place: {row.subject}.\n\nNow on {on:%-d %B %Y}. {where}\n\nWhy: {answers['because']}\n"
    return _not_sent(who, row, _mailed(emails, f"Moved: {row.subject}", f"{text}\nThe link you were sent still opens, should you no longer come.\n"))


@transaction.atomic
def put_point(who: Asked, row: Roundtable, answers: Mapping[str, str]) -> None:
    """Put the point down and ask the body for its reply: both stand, or neither."""
    speaker = int(answers["speaker"]) if "speaker" in answers else None
    agreed = answers["agreed"] == "yes"
    made = actions.make_point(row.key, text=answers["text"], body=answers["body"], agreed=agreed, speaker=speaker, by=who.viewer, at=who.at)
    ask(
        made.body, kind="point_reply", subject=f"{row.key}/{made.pk}", title=f"A reply to a point made at: {row.subject}",
        due_on=max(row.replies_due_on, who.today), by=who.viewer, at=who.at, because="a point made at a roundtable",
    )  # fmt: skip


def _ask_change(who: Asked, row: Roundtable, answers: Mapping[str, str]) -> None:
    point, due = queries.point(row.key, int(answers["point"])), date.fromisoformat(answers["due_on"])
    if point is None or due < who.today:
        raise actions.CannotConvene(f"Found the day {due:%-d %B %Y}; expected today or a later one.")
    ask(
        point.body, kind="point_change", subject=f"{row.key}/{point.pk}/{due}", title=f"What changed after a point made at: {row.subject}",
        due_on=due, by=who.viewer, at=who.at, because="a reply given at a roundtable",
    )  # fmt: skip


def press(who: Asked, row: Roundtable, act: str) -> HttpResponseBase | None:
    """What a button asks for; gives a page where a mail did not go out."""
    if act == "send":
        return _sent(who, row, actions.send_invitations(row.key, version=_version(who), by=who.viewer, at=who.at))
    if act == "close":
        text = _what_came(who, row, queries.points(row))
        emails = actions.close(row.key, version=_version(who), by=who.viewer, at=who.at)
        return _not_sent(who, row, _mailed(emails, f"What came of it: {row.subject}", text))
    if act == "cancel":
        emails = actions.cancel(row.key, version=_version(who), by=who.viewer, at=who.at)
        text = f"The roundtable on {row.on:%-d %B %Y} you were invited to is cancelled: {row.subject}.\n"
        return _not_sent(who, row, _mailed(emails, f"Cancelled: {row.subject}", text))
    return None


def _version(who: Asked) -> int:
    text = who.request.POST.get("version", "0")
    return int(text) if text.isdigit() else 0


def _sent(who: Asked, row: Roundtable, links: Iterable[tuple[str, str]]) -> HttpResponseBase | None:
    failed: list[str] = []
    for email, token in links:
        address = who.request.build_absolute_uri(f"/roundtables/place/{token}/")
        text = (
            f"You are invited to a roundtable on {row.on:%-d %B %Y}: {row.subject}.\n{row.where}\n\nSay here whether you come, and see why you are asked; no "
            f"account is needed:\n{address}\n\nThe link is for you alone. On its page you can also ask to be erased from our list.\n"
        )
        failed += _mailed([email], f"A roundtable: {row.subject}", text)
    return _not_sent(who, row, failed)


def _what_came(who: Asked, row: Roundtable, points: Iterable[Point]) -> str:
    """What everybody who was in the room is told: points, replies and what changed, without anybody's name."""
    names = body_names()
    said = [
        f"Point: {each.text}\nReply of {names.get(each.body, each.body)}: {each.reply or 'none by the day it was due'}\n"
        f"What changed: {each.changed or 'nothing told yet'}\n"
        for each in points
    ]
    address = who.request.build_absolute_uri(f"/roundtables/{row.key}/")
    begin = f"You took part in the roundtable on {row.subject}. What was said there and what came of it:\n"
    return "\n".join([begin, *said, f"All of it, kept up: {address}\n"])


def _mailed(emails: Iterable[str], subject: str, text: str) -> list[str]:
    """One mail each, so that nobody sees the others; gives the addresses none could be sent to."""
    failed = []
    for email in emails:
        try:
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
        except OSError:  # of which the mail library's own refusals are a kind
            failed.append(email)
    return failed


def _not_sent(who: Asked, row: Roundtable, failed: list[str]) -> HttpResponseBase | None:
    if not failed:
        return None
    blocks: list[Block] = [
        Table("Not sent", ("E-mail address",), [(email,) for email in failed], ""),
        Links([(f"/roundtables/{row.key}/", "Back to the roundtable, where an invitation can be sent again", "")]),
    ]
    return shown(who, Sheet("Some mails could not be sent", ["What you did stands. These addresses were not reached."], blocks), status=200)
