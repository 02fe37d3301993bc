"""The standing return: opened once a year by the central team, answered once by each body."""

from datetime import timedelta

import pytest
from tests.judgement.invented_returns import DUE, campaign, open_return, take
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES, NotAllowed, Viewer
from opencompact.asking.actions import CannotStep
from opencompact.audit.models import Event
from opencompact.judgement.actions import returns
from opencompact.judgement.models import Addressee, ReturnAnswer, ReturnRound

pytestmark = pytest.mark.django_db


def attempt_open(by: Viewer) -> ReturnRound:
    bodies = [returns.Asked(EXAMPLES, "Department of Examples")]
    return returns.open_return("return-2030", title="Return", questions="standing", year=2030, bodies=bodies, due_on=DUE, by=by, at=AT)


@pytest.mark.parametrize("role", ROLES)
def test_only_whoever_may_opens_a_return(role: str) -> None:
    by = viewer(role) if role != "public" else Viewer()
    if role in MAY["open_return"]:
        assert attempt_open(by).addressees.get().state == "sent"
    else:
        with pytest.raises(NotAllowed):
            attempt_open(by)
        assert ReturnRound.objects.count() == 0


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["sent", "replied"])
def test_only_the_bodys_own_people_send_its_return_and_only_once(state: str, role: str) -> None:
    open_return()
    if state == "replied":
        take({"grants": "5.00"})
    for body in (EXAMPLES, SAMPLES):
        by = viewer(role, body if role in OF_A_BODY else "") if role != "public" else Viewer()
        may = role in MAY["send"] and body == EXAMPLES
        if may and state == "sent":
            assert returns.take_return("return-2030", EXAMPLES, answers={}, held=(), by=by, at=AT, because="").state == "replied"
        else:
            with pytest.raises(CannotStep if may else NotAllowed):
                returns.take_return("return-2030", EXAMPLES, answers={}, held=(), by=by, at=AT, because="")


def test_question_left_empty_stays_without_an_answer() -> None:
    open_return()
    take({"grants": "5.00", "contracts": "not_held", "held_text": "Between us."})
    assert list(ReturnAnswer.objects.order_by("question").values_list("question", "outcome", "text", "is_held")) == [
        ("contracts", "not_held", "", False),
        ("grants", "answered", "5.00", False),
        ("held_text", "answered", "Between us.", True),
    ]


def test_trail_says_what_was_answered_and_not_the_words() -> None:
    open_return()
    take({"held_text": "Between us."})
    event = Event.objects.get(verb="take_return")
    assert (event.subject, event.because) == ("return/return-2030", "cleared")
    assert "Between us." not in event.detail


def test_return_is_opened_once_a_year_for_a_day_to_come() -> None:
    open_return()
    with pytest.raises(CannotStep, match="The return of 2030 is open already"):
        open_return()
    with pytest.raises(CannotStep, match="expected today or a day to come"):
        open_return(2029, due_on=AT.date() - timedelta(days=1))
    with pytest.raises(CannotStep, match="Nobody is asked"):
        open_return(2029, bodies=())


def test_campaigns_authority_takes_no_return() -> None:
    campaign("Department Of Examples")
    with pytest.raises(CannotStep):
        returns.take_return("councils-2030", "department-of-examples", answers={}, held=(), by=viewer("lead"), at=AT, because="")
    assert Addressee.objects.get().state == "unsent"
