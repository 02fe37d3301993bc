"""Invented returns and campaigns for tests, brought into any state through the room's own actions."""

from collections.abc import Mapping
from datetime import date, timedelta

from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.judgement.actions import campaigns, returns
from opencompact.judgement.models import Addressee, ReturnRound

CENTRAL = viewer("central")
KEY, TOWN = "councils-2030", "sample-town"
NAMES = ("grants_before", "grants", "contracts_before", "contracts", "budget_before", "budget", "notice", "consulted")
FULL = dict.fromkeys(NAMES, ("answered", "60"))
# Twenty working days after 6 May 2031, the late May bank holiday left out, end on 4 June.
DUE, LATE = date(2031, 6, 4), AT + timedelta(days=60)


def open_return(year: int = 2030, *, bodies: tuple[str, ...] = (EXAMPLES, SAMPLES), due_on: date = DUE) -> ReturnRound:
    """A year's return that asks the bodies."""
    asked = [returns.Asked(body, body.replace("-", " ").title()) for body in bodies]
    return returns.open_return(f"return-{year}", title=f"Return {year}", questions="standing", year=year, bodies=asked, due_on=due_on, by=CENTRAL, at=AT)


def take(answers: Mapping[str, str], *, year: int = 2030, body: str = EXAMPLES, held: tuple[str, ...] = ("held_text",)) -> Addressee:
    """What a body sent: words of an outcome stand for it."""
    told = {name: (text, "") if text in ("not_held", "refused_cost") else ("answered", text) for name, text in answers.items()}
    return returns.take_return(f"return-{year}", body, answers=told, held=held, by=viewer("official", body), at=AT, because="cleared")


def campaign(*names: str, key: str = KEY, questions: str = "councils-2012") -> ReturnRound:
    """A campaign that asks Sample Town, or those named."""
    asked = [returns.Asked(name.lower().replace(" ", "-"), name, email=f"foi@{name.lower().replace(' ', '-')}.invalid") for name in names or ("Sample Town",)]
    return campaigns.open_campaign(key, title="Councils", questions=questions, year=2030, letter="We ask.", bodies=asked, by=CENTRAL, at=AT)


def row(body: str = TOWN, *, key: str = KEY) -> Addressee:
    """An authority as it stands."""
    return Addressee.objects.get(round__key=key, body=body)


def request_in(state: str) -> Addressee:
    """Sample Town's request in that state, its day passed by LATE."""
    campaign()
    steps = {
        "unsent": (),
        "sent": ("send",),
        "unclear": ("send", "unclear"),
        "fee": ("send", "fee"),
        "replied": ("send", "reply"),
        "reviewing": ("send", "reply", "review"),
        "reviewed": ("send", "reply", "review", "reviewed"),
    }[state]
    for step in steps:
        follow(step)
    return row()


def follow(step: str, *, body: str = TOWN) -> None:
    """One step of a request."""
    who = {"version": row(body).version, "by": CENTRAL, "at": LATE}
    if step == "send":
        campaigns.send_request(KEY, body, on=AT.date(), **who)
    elif step == "unclear":
        campaigns.record_unclear(KEY, body, on=AT.date(), **who)
    elif step == "fee":
        campaigns.record_fee(KEY, body, on=AT.date(), **who)
    elif step == "reply":
        campaigns.record_reply(KEY, body, answers=FULL, held=(), on=AT.date(), **who)
    elif step == "review":
        campaigns.ask_review(KEY, body, **who)
    else:
        campaigns.answer_review(KEY, body, on=LATE.date(), text="It stands.", **who)
