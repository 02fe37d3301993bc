"""The audit trail from the command line."""

import json

import pytest
from tests.audit.recording import record

from opencompact.audit.models import Event
from opencompact.cli import run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def audit(tmp_path, settings, capsys, monkeypatch):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    monkeypatch.setenv("OPENCOMPACT_WORKSPACE", str(tmp_path))

    def ask(*arguments):
        code, message = run(["audit", *arguments, "--workspace", str(tmp_path)])
        return code, capsys.readouterr().out, message

    return ask


def test_nothing_recorded_yet(audit):
    assert audit("list")[1] == "Nothing is recorded yet: a release that is frozen will be.\n"
    assert audit("list", "--json")[1] == "[]\n"
    assert audit("verify") == (0, "OK: events held: 0, each as it was recorded.\n", "")


def test_events_are_listed_newest_first(audit):
    record("2031-01")
    record("2031-02", because="")
    assert audit("list")[1].splitlines() == [
        "2  2031-11-22 09:30  sample-officer: freeze release 2031-02",
        "1  2031-11-22 09:30  sample-officer: freeze release 2031-01 (a reason)",
    ]
    assert audit("list", "--limit", "1")[1].count("\n") == 1


def test_events_as_json(audit):
    event = record("2031-01")
    assert json.loads(audit("list", "--json")[1]) == [
        {
            "sequence": 1,
            "at": "2031-11-22T09:30:00.123456+00:00",
            "by": "sample-officer",
            "verb": "freeze release",
            "subject": "2031-01",
            "because": "a reason",
            "detail": {"a": "é", "b": 1},
            "hash": event.hash,
        }
    ]


def test_chain_that_holds_is_ok_and_a_changed_one_is_not(audit):
    record()
    assert audit("verify") == (0, "OK: events held: 1, each as it was recorded.\n", "")
    Event.objects.update(because="another")
    assert audit("verify") == (1, "BROKEN: event 1 was changed: what it says no longer gives its hash.\n", "")


def test_workspace_that_is_not_there_is_refused(tmp_path):
    code, message = run(["audit", "list", "--workspace", str(tmp_path / "nowhere")])
    assert (code, message.split(".")[0], (tmp_path / "nowhere").exists()) == (3, f"There is no workspace {tmp_path / 'nowhere'}", False)
