"""Reminders: to whoever acts for a body that owes an answer, on the days that count, each once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cli.office import asking
from tests.office import EXAMPLES, SAMPLES, account, bodies, viewer

from opencompact.accounts.models import Notification
from opencompact.asking.actions import ask
from opencompact.asking.models import Ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asks(tmp_path, settings, capsys, monkeypatch):
    return asking("asks", tmp_path, settings, capsys, monkeypatch)


def asked(body: str, *, days: int) -> Ask:
    due = timezone.localdate() + timedelta(days=days)
    at = timezone.now() - timedelta(days=60)
    return ask(body, kind="sign_off", subject=f"s{days}", title=f"Question {days}", due_on=due, by=viewer("central"), at=at, because="")


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%-d %B %Y}"


def test_those_who_act_for_the_body_are_told_once_a_day_that_counts(asks) -> None:
    bodies()
    found = {days: asked(EXAMPLES, days=days) for days in (11, 10, 3, -1)}
    for role in ("lead", "official", "analyst"):
        account(role)
    account("lead", SAMPLES)
    assert asks("remind") == (0, "Told 6 people; the daily digest mails it.\n", "")
    lines = [f"Question -1 was due on {day(-1)}.", f"Question 3 is due on {day(3)}.", f"Question 10 is due on {day(10)}."]
    for role in ("lead", "official"):
        assert [row.text for row in account(role).notifications.order_by("pk")] == lines
    assert sorted(set(Notification.objects.values_list("address", flat=True))) == sorted(f"/asks/{found[days].pk}/" for days in (10, 3, -1))
    assert asks("remind")[1] == "Told 0 people; the daily digest mails it.\n"


def test_body_for_which_nobody_acts_is_named_with_where_to_send_a_link(asks) -> None:
    bodies()
    found = asked(SAMPLES, days=3)
    assert asks("remind", "--address", "https://office.example/")[1].splitlines() == [
        f"Nobody acts for {SAMPLES} here: send a one-time link from https://office.example/asks/{found.pk}/",
        "Told 0 people; the daily digest mails it.",
    ]


def test_one_person_is_one_person(asks) -> None:
    bodies()
    asked(EXAMPLES, days=0)
    account("sro")
    assert asks("remind")[1] == "Told 1 person; the daily digest mails it.\n"
