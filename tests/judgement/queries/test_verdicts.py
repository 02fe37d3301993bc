"""What of verdicts each person sees, and what the release takes."""

from datetime import date, timedelta

import pytest
from tests.judgement.invented import ASSESSOR, AUDITOR, EVIDENCE, LEAD, SILENT, put, signed, verdict_in
from tests.judgement.tiny_lake import tiny_lake
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import PUBLIC, ROLES, SEES
from opencompact.judgement.actions import put_judged, verdicts
from opencompact.judgement.queries import verdicts as queries
from opencompact.judgement.rules.verdicts import KEPT, STATES

pytestmark = pytest.mark.django_db
KEY = f"compact-2010-3-3-{EXAMPLES}-2031"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_a_verdict_is_seen_as_its_state_says(state: str, role: str) -> None:
    verdict_in(state)
    who = viewer(role) if role != "public" else PUBLIC
    sees = KEPT[state] == "public" or role in SEES[KEPT[state]]
    assert (queries.verdict(who, KEY) is not None, queries.verdict(viewer("lead", SAMPLES), KEY) is not None) == (sees, KEPT[state] == "public")


@pytest.mark.parametrize("role", ROLES)
def test_held_texts_are_seen_by_those_they_are_held_for(role: str) -> None:
    row = verdict_in("replied")
    assert row is not None
    verdicts.sign(row.key, version=row.version, by=AUDITOR, at=SILENT)
    held = queries.verdict(viewer(role) if role != "public" else PUBLIC, KEY)
    assert held is not None
    assert (bool(held.row.held_text), bool(held.row.held_reply)) == (role in SEES["held"], role in SEES["held"])


def test_trail_of_drafts_is_that_of_assessors_and_auditors() -> None:
    signed()
    seen = [[step.verb for step in held.steps] for who in (AUDITOR, PUBLIC) if (held := queries.verdict(who, KEY))]
    assert seen == [["propose", "put", "reply", "sign"], ["put", "reply", "sign"]]


def test_what_waits_for_whom() -> None:
    put()
    put(undertaking="compact-2010/1.1")
    verdicts.reply(KEY, putting=1, text="We did.", held_text="", by=LEAD, at=AT, because="")
    waiting = [[row.undertaking for row in queries.to_reply(LEAD)], [row.undertaking for row in queries.to_sign(AUDITOR, today=AT.date())]]
    assert waiting == [["compact-2010/1.1"], ["compact-2010/3.3"]]
    due = date(2031, 5, 20)
    assert [queries.to_sign(AUDITOR, today=day).count() for day in (due, due + timedelta(days=1))] == [1, 2]


def test_counts_are_of_signed_verdicts_by_body_and_by_year() -> None:
    signed()
    signed(year=2030, grade="met")
    signed(undertaking="compact-2010/1.1", grade="met")
    put(undertaking="compact-2010/1.2")
    assert {body: dict(counted) for body, counted in queries.by_grade(PUBLIC, [EXAMPLES, SAMPLES]).items()} == {
        EXAMPLES: {"unexplained": 1, "met": 2},
        SAMPLES: {},
    }
    assert queries.by_year(PUBLIC, EXAMPLES) == {2031: {"compact-2010/1.1": "met", "compact-2010/3.3": "unexplained"}, 2030: {"compact-2010/3.3": "met"}}


def test_release_takes_a_signed_verdict_with_its_reply_by_role_and_day() -> None:
    signed()
    assert queries.for_release(at=SILENT) == [
        {
            "verdict_id": KEY,
            "undertaking": "compact-2010/3.3",
            "body": EXAMPLES,
            "year": 2031,
            "verdict": "unexplained",
            "because": "No reason was found.",
            "proposed_by_role": "assessor",
            "signed_by_role": "auditor",
            "signed_on": date(2031, 5, 8),
            "reply_due_on": date(2031, 5, 20),
            "how_counted": "10 working days after 6 May 2031 = 20 May 2031",
            "reply_state": "replied",
            "reply": "We gave one.",
            "replied_on": date(2031, 5, 7),
            "evidence": "An invented page (https://example.org/page)",
            "checksums": "a" * 64,
        }
    ]


def test_release_says_silence_where_the_last_day_passed() -> None:
    row = put()
    verdicts.sign(row.key, version=row.version, by=AUDITOR, at=SILENT)
    assert [(row["reply_state"], row["reply"], row["replied_on"]) for row in queries.for_release(at=SILENT)] == [("silent", None, None)]


@pytest.mark.parametrize("state", [state for state in STATES if state != "signed"])
def test_release_takes_nothing_in_another_state(state: str) -> None:
    verdict_in(state)
    assert queries.for_release(at=SILENT) == []


def test_release_of_an_instant_takes_what_was_signed_by_then() -> None:
    signed()
    assert [len(queries.for_release(at=AT + timedelta(days=days))) for days in (1, 2)] == [0, 1]


def test_rows_have_the_shape_of_the_table(tmp_path) -> None:
    signed()
    row = verdicts.propose("compact-2010/1.1", EXAMPLES, year=2031, grade="met", text="Seen.", evidence=EVIDENCE, by=ASSESSOR, at=AT)
    row = verdicts.put(row.key, working_days=10, version=row.version, by=ASSESSOR, at=AT)
    verdicts.sign(row.key, version=row.version, by=AUDITOR, at=SILENT)
    with tiny_lake(tmp_path, {}) as change:
        put_judged(change, queries.for_release(at=SILENT))
        held = change.con.execute("SELECT undertaking, reply_state, signed_on FROM judged_verdicts ORDER BY undertaking").fetchall()
    assert held == [("compact-2010/1.1", "silent", date(2031, 7, 5)), ("compact-2010/3.3", "replied", date(2031, 5, 8))]


def test_table_without_an_office_is_empty(tmp_path) -> None:
    with tiny_lake(tmp_path, {}) as change:
        put_judged(change, [])
        assert change.con.execute("SELECT count(*) FROM judged_verdicts").fetchall() == [(0,)]
