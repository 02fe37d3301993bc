from datetime import UTC, date, datetime

import pytest
from tests.judgement.tiny_lake import put, tiny_lake
from tests.records.runs import rows

from opencompact.records.actions.consulting import publish_consultations
from opencompact.registry import load_catalogue

AT = datetime(2032, 7, 1, 9, tzinfo=UTC)
PAGE = {
    "source_file": "a.json",
    "standing": "real",
    "body": "sample-office",
    "opened_on": date(2031, 7, 1),
    "closed_on": date(2031, 8, 12),
    "read_on": date(2032, 6, 1),
    "documents": 0,
    "documents_read": 0,
    "title": "Sample question to charities",
}
CLOCK = {"rule_set": "sample-code", "in_force_from": date(2030, 1, 1), "response_days": 84}


@pytest.fixture
def published(tmp_path):
    def publish(*pages, standing="real", rule_sets=(CLOCK,)):
        with tiny_lake(tmp_path, {"sources": ()}) as change:
            put(change, "rule_sets", rule_sets)
            put(change, "consultation_lines", pages)
            publish_consultations(change, catalogue=load_catalogue(), standing=standing, at=AT, digest="")
            return rows(change.con, "SELECT * FROM consultations")

    return publish


def test_consultation_has_its_sums_and_searches(published):
    (row,) = published({**PAGE, "page_text": "About samples."})
    wanted = {
        "days_open": 42,
        "working_days": 30,
        "response_due_on": date(2031, 11, 4),
        "response_state": "overdue",
        "sector_relevance": "yes",
        "explanation": "none_found",
    }
    assert {name: row[name] for name in wanted} == wanted
    assert row["holidays"] == "August 2031 (12 days)"
    assert "page_text" not in row


def test_no_response_is_due_where_no_rule_in_force_sets_a_clock(published):
    (row,) = published(PAGE, rule_sets=({**CLOCK, "in_force_to": date(2031, 6, 30)},))
    assert (row["response_due_on"], row["response_state"]) == (None, None)


def test_each_consultation_of_the_standing_is_published_once_as_read_last(published):
    pages = [{**PAGE, "consultation_id": "sample/1", "title": title, "read_on": date(2032, month, 1)} for title, month in (("old", 1), ("new", 6))]
    example = {**PAGE, "consultation_id": "sample/2", "standing": "example"}
    assert [row["title"] for row in published(*pages, example)] == ["new"]
    assert [row["consultation_id"] for row in published(*pages, example, standing="example")] == ["sample/2"]


def test_no_consultations_are_a_table_of_none(published):
    assert published() == []


def test_the_same_lines_on_the_same_day_are_not_worked_out_again_and_on_another_day_they_are(tmp_path):
    found = []
    for at in (AT, AT.replace(hour=11), AT.replace(month=10)):
        with tiny_lake(tmp_path, {"sources": (), "rule_sets": (CLOCK,), "consultation_lines": (PAGE,)}) as change:
            publish_consultations(change, catalogue=load_catalogue(), standing="real", at=at, digest="")
            (part,) = change.after["consultations"]
            found.append((change.lake.folder / part.path).stat().st_ino)
    assert found[0] == found[1] != found[2]
