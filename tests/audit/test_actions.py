"""Events are recorded in order, whole, and chained."""

import os
import subprocess
import sys

import pytest
from django.db import IntegrityError, connection, transaction
from tests.audit.recording import AT, record

from opencompact.audit import actions, queries
from opencompact.audit.models import Event
from opencompact.audit.rules import BEGINNING, NotCanonical

pytestmark = pytest.mark.django_db(transaction=True)


def test_event_is_recorded_as_told():
    event = record()
    event.refresh_from_db()
    assert (event.sequence, event.at, event.by, event.verb, event.subject, event.because, event.detail, event.previous_hash) == (
        1,
        AT,
        "sample-officer",
        "freeze release",
        "2031-11",
        "a reason",
        '{"a":"é","b":1}',
        BEGINNING,
    )


def test_each_event_follows_the_one_before():
    first, second = record(), record("2031-12")
    assert (second.sequence, second.previous_hash) == (2, first.hash)
    assert queries.verify() is None


def test_head_file_tells_of_the_last_event(workspace):
    record()
    last = record()
    assert (workspace / "audit-head.txt").read_text() == f"2 {last.hash}\n"


def test_event_of_a_change_that_fails_is_not_recorded(workspace):
    with transaction.atomic():
        record()
        transaction.set_rollback(True)
    assert (Event.objects.count(), list(workspace.iterdir())) == (0, [])


def test_detail_without_a_canonical_form_is_refused():
    with pytest.raises(NotCanonical):
        record(detail={"a": object()})
    assert Event.objects.count() == 0


def refusing(times):
    """Refuse the first inserts, as a database does whose next place another writer took meanwhile."""
    left = [times]

    def wrapper(execute, sql, params, many, context):
        if sql.startswith("INSERT") and left[0]:
            left[0] -= 1
            raise IntegrityError("UNIQUE constraint failed: audit_event.sequence")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def test_place_taken_by_another_writer_is_tried_again():
    with refusing(4):
        assert record().sequence == 1
    assert queries.verify() is None


def test_event_that_finds_no_place_is_refused():
    with refusing(5), pytest.raises(actions.CannotRecord, match="could not be recorded after 5 tries: UNIQUE"):
        record()
    assert Event.objects.count() == 0


def test_event_without_a_name_is_refused():
    with pytest.raises(actions.CannotRecord, match="event_says_who_did_what"):
        record(by="")


def test_writers_at_once_wait_for_each_other_and_make_one_chain(tmp_path):
    program = """
import sys
import django
django.setup()
from django.core.management import call_command
if sys.argv[1] == "make":
    call_command("migrate", verbosity=0)
    from tests.audit.recording import record
    record("first")
elif sys.argv[1] == "check":
    from opencompact.audit import queries
    print(len(queries.events(100)), queries.verify())
else:
    from opencompact.audit import actions
    from tests.audit.recording import record
    actions._TRIES = 1
    for place in range(8):
        record(f"{sys.argv[1]}-{place}")
"""
    environment = {**os.environ, "OPENCOMPACT_WORKSPACE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "opencompact.settings.doors", "PYTHONPATH": "."}

    def start(part):
        return subprocess.Popen([sys.executable, "-c", program, part], env=environment, stdout=subprocess.PIPE, text=True)

    start("make").communicate()
    writers = [start(name) for name in ("a", "b", "c")]
    assert [writer.communicate() and writer.returncode for writer in writers] == [0, 0, 0]
    assert start("check").communicate()[0] == "25 None\n"
