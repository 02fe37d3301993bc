"""The pages of the audit trail: heads for everybody, events for whoever may read them, and a chain that is read on asking."""

from datetime import timedelta
from re import findall

import pytest
from django.utils.timezone import now
from tests.audit.recording import AT, record
from tests.office import client

from opencompact.audit.models import Event
from opencompact.audit.queries import head_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def workspace(tmp_path, settings):
    settings.OPENCOMPACT_WORKSPACE = tmp_path


@pytest.fixture
def three():
    """Two events of one day and one of the next."""
    return [record("a"), record("b"), record("c", at=AT + timedelta(days=1))]


def text(response) -> str:
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode().replace("\u00a0", " ")


def shown(response) -> list[str]:
    """The subjects of the table of events, in order."""
    return [each.strip() for each in findall(r"<tr><th[^>]*>[^<]*</th>(?:<td[^>]*>[^<]*</td>){3}<td>([^<]*)</td>", text(response))]


def test_everybody_sees_the_head_of_each_day_and_nothing_that_was_done(three):
    said = text(client().get("/trail/"))
    assert [each.hash in said for each in three] == [False, True, True]
    assert ("3 events stand in the trail" in said, "sample-officer" in said, "Check the whole chain" in said) == (True, False, False)


def test_heads_as_a_file(three):
    lines = text(client().get("/trail/?format=csv")).splitlines()
    assert [line.split(",")[1:3] for line in lines] == [["Events that day", "Last event"], ["1", "3"], ["2", "2"]]


def test_the_feed_tells_of_days_that_are_over(settings):
    over, today = record("a", at=AT - timedelta(days=4000)), record("b", at=now())
    said = text(client().get("/trail/heads.atom"))
    assert (said.count("<entry>"), over.hash in said, today.hash in said) == (1, True, False)


def test_nothing_done_yet_is_said():
    assert "Nothing was done here yet." in text(client().get("/trail/"))


@pytest.mark.parametrize("role", ["central", "auditor"])
def test_whoever_may_read_it_has_the_chain_checked(three, role):
    head_file().write_text(f"3 {three[2].hash}\n")
    browser = client(role)
    last = Event.objects.order_by("-sequence").first()
    head_file().write_text(f"{last.sequence} {last.hash}\n")
    assert "Check the whole chain now" in text(browser.get("/trail/"))
    assert "Every event held is as it was recorded." in text(browser.post("/trail/"))
    Event.objects.filter(sequence=2).update(because="changed")
    assert "Event 2 was changed" in text(browser.post("/trail/"))


def test_others_check_nothing_by_post(three):
    assert "The chain, read now" not in text(client("lead").post("/trail/"))


@pytest.mark.parametrize(
    ("narrowed", "subjects"),
    [("from=2030-01-01", ["c", "b", "a", "old"]), ("from=2031-11-23", ["c"]), ("from=2030-01-01&subject=b", ["b"]), ("from=2030-01-01&verb=melt", ["old"]),
     ("from=2030-01-01&verb=unknown", ["c", "b", "a", "old"])],
)  # fmt: skip
def test_events_are_found_by_day_subject_and_verb(narrowed, subjects):
    browser = client("auditor")
    record("old", verb="melt", at=AT - timedelta(days=9))
    three = [record("a"), record("b"), record("c", at=AT + timedelta(days=1))]
    assert [each.subject for each in three] == ["a", "b", "c"]
    found = [subject for subject in shown(browser.get(f"/trail/events/?{narrowed}")) if "/" not in subject]
    assert found == subjects


def test_a_day_that_is_none_means_the_last_quarter():
    browser = client("auditor")
    record("old", at=now() - timedelta(days=91))
    record("new", at=now() - timedelta(days=89))
    assert "new" in shown(browser.get("/trail/events/?from=nonsense"))
    assert "old" not in shown(browser.get("/trail/events/?from=nonsense"))


@pytest.mark.parametrize("role", ["lead", "sector", "charity"])
def test_events_are_for_whoever_may_read_them(three, role):
    assert client(role).get("/trail/events/").status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_as_many_queries_whatever_the_rows(number, django_assert_num_queries):
    browser = client("auditor")
    for place in range(number):
        record(f"s{place}")
    with django_assert_num_queries(7):
        assert len(shown(browser.get("/trail/events/?from=2031-11-01"))) == number
