"""The page of one authority: its clock and sum, its answers, and each step by its form."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.office import client
from tests.web.judgement.test_campaigns import CENTRAL, begin, words

from opencompact.judgement.actions import campaigns as actions
from opencompact.judgement.models import Addressee, ReturnAnswer
from opencompact.judgement.rules.campaigns import Days, foi_due
from opencompact.web.judgement.campaigns_authority import FORMS, _th

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/councils/sample-town/"


def today() -> str:
    return timezone.localdate().isoformat()


def step(act: str, **given: str):
    return client("central").post(PAGE, {"act": act, "version": str(Addressee.objects.get().version), **given})


def test_public_sees_the_sum_and_no_form_letter_or_address() -> None:
    begin()
    held = Addressee.objects.get()
    counted = foi_due(Days(held.sent_on), nation=held.nation)
    page = words(client().get(PAGE))
    assert counted is not None
    assert counted.sum in page
    assert "No reply: 0 of 8 questions answered." in page
    assert [word in page for word in ("Put down what it answered", "We ask.", "foi@sample.invalid", "Remind it")] == [False] * 4
    assert [word in words(client("central").get(PAGE)) for word in ("Put down what it answered", "We ask.", "foi@sample.invalid", "Remind it")] == [True] * 4


def test_request_passes_every_step_by_its_form() -> None:
    begin(sent=False)
    assert "No answer is due: not sent yet." in words(client().get(PAGE))
    for act, given, state in (
        ("send_request", {"on": (timezone.localdate() - timedelta(days=60)).isoformat()}, "sent"),
        ("record_unclear", {"on": (timezone.localdate() - timedelta(days=59)).isoformat()}, "unclear"),
        ("make_clear", {"on": (timezone.localdate() - timedelta(days=58)).isoformat()}, "sent"),
        ("record_fee", {"on": (timezone.localdate() - timedelta(days=57)).isoformat()}, "fee"),
        ("pay_fee", {"on": (timezone.localdate() - timedelta(days=57)).isoformat()}, "sent"),
        ("extend", {"on": today(), "until": (timezone.localdate() + timedelta(days=5)).isoformat()}, "sent"),
        ("remind", {}, "sent"),
        ("record_reply", {"on": today(), "grants": "12,500", "consulted": "Not held", "rest": "refused_cost"}, "replied"),
        ("ask_review", {}, "reviewing"),
        ("answer_review", {"on": today(), "text": "It stands."}, "reviewed"),
    ):
        response = step(act, **given)
        assert (act, response.status_code, Addressee.objects.get().state) == (act, 302, state)
    assert sorted(ReturnAnswer.objects.values_list("outcome", flat=True)) == ["answered", "not_held", *["refused_cost"] * 6]
    assert [each.subject for each in mail.outbox] == ["Councils: a reminder", "Councils: internal review"]
    page = words(client().get(PAGE))
    happened = (
        "It was asked.",
        "It asked us what is meant",
        "We told it",
        "It asked us for a fee",
        "We paid the fee.",
        "It named a later day",
        "for the first time",
        "It replied first.",
        "An internal review was asked for, due on",
        "The review came to: It stands.",
    )
    assert [words_ in page for words_ in happened] == [True] * len(happened)
    assert f"It replied on {timezone.localdate():%-d %B %Y}, in time." in page


@pytest.mark.parametrize(
    ("act", "given", "says"),
    [
        ("record_reply", {"on": "2000-01-01", "grants": "5"}, "expected a day from"),
        ("record_reply", {"on": "", "grants": "5"}, "expected a day such as"),
        ("record_reply", {"on": "today", "grants": "some"}, "pounds and pence in figures"),
        ("record_reply", {"on": date.today().isoformat()}, "Nothing is written of what it answered"),  # noqa: DTZ011  the office's day, as the form sends it
        ("extend", {"on": date.today().isoformat(), "until": "2000-01-01"}, "expected a day after the one it owes the answer by"),  # noqa: DTZ011  the same
    ],
)
def test_form_that_is_refused_says_why_beside_its_field(act: str, given: dict[str, str], says: str) -> None:
    begin()
    response = step(act, **given)
    assert (response.status_code, says in words(response), Addressee.objects.get().state) == (422, True, "sent")


def test_act_that_does_not_follow_or_is_for_others_is_refused() -> None:
    begin()
    assert step("make_clear", on=today()).status_code == 403
    assert client("lead").post(PAGE, {"act": "remind", "version": "2"}).status_code == 403
    early = begin("Other Town", key="other", days=1)
    actions.add_authorities(early.key, [], by=CENTRAL, at=timezone.now())
    response = client("central").post("/campaigns/other/other-town/", {"act": "ask_review", "version": "2"})
    assert (response.status_code, "The authority may still answer" in words(response)) == (409, True)


def test_second_of_two_people_is_told() -> None:
    begin()
    assert step("remind").status_code == 302
    assert client("central").post(PAGE, {"act": "remind", "version": "2"}).status_code == 409
    assert Addressee.objects.get().reminders == 1


def test_late_reply_and_late_review_say_by_how_much() -> None:
    begin()
    step("record_reply", on=today(), grants="5")
    held = Addressee.objects.get()
    assert f"It replied on {timezone.localdate():%-d %B %Y}, {(timezone.localdate() - held.due_on).days} days past its day." in words(client().get(PAGE))
    step("ask_review")
    Addressee.objects.update(review_due_on=timezone.localdate() - timedelta(days=2))
    assert "2 days past it." in words(client().get(PAGE))
    Addressee.objects.update(review_due_on=timezone.localdate() + timedelta(days=2))
    assert "past it." not in words(client().get(PAGE))


def test_answer_that_is_not_yet_due_says_when() -> None:
    begin(days=1)
    held = Addressee.objects.get()
    assert f"Its answer is due on {held.due_on:%-d %B %Y}." in words(client().get(PAGE))


def test_forms_are_of_steps_there_are_and_times_are_counted_in_words() -> None:
    assert {verb for verb in FORMS if not callable(getattr(actions, verb))} == set()
    assert [_th(number) for number in (1, 2, 3, 4)] == ["first", "second", "third", "4th"]
