import json
from dataclasses import replace
from datetime import datetime

import pytest
from tests.records.plans import found, records, run

from opencompact.records.rules.contract_files import releases_plan
from opencompact.records.rules.plain_releases import plain_release
from opencompact.records.rules.release_fields import Record, Release

RELEASE = {"ocid": "ocds-sample-1", "id": "r-1", "date": "2031-07-01T00:30:00+01:00", "tag": ["award", "contract"], "tender": {"title": "Sample"}}


def read(*items, slug="find-a-tender"):
    rows, problems = run(releases_plan(found(slug)), records(*items))
    return [{name: value for name, value in row.items() if name not in ("content", "is_plain", "release")} for row in rows], problems


def test_release_is_a_row_with_its_instant_in_utc():
    assert read(RELEASE) == (
        [{"ocid": "ocds-sample-1", "release_id": "r-1", "released_at": datetime.fromisoformat("2031-06-30T23:30:00"), "tags": "award,contract"}],
        [],
    )


def test_release_is_kept_whole():
    rows, _ = run(releases_plan(found("find-a-tender")), records(RELEASE))
    assert json.loads(rows[0]["release"]) == RELEASE


def test_release_of_the_same_content_has_the_same_checksum():
    rows, _ = run(releases_plan(found("find-a-tender")), records(RELEASE, RELEASE, {**RELEASE, "id": "r-2"}))
    assert [row["content"] == rows[0]["content"] for row in rows] == [True, True, False]


def test_release_without_id_is_kept_and_said():
    rows, problems = read({**RELEASE, "id": None})
    assert ([row.get("release_id") for row in rows], problems) == ([None], [(1, "id", "missing", "kept")])


@pytest.mark.parametrize("ocid", [None, "", {"id": "1"}, ["ocds-sample-1"]])
def test_release_without_ocid_is_refused(ocid):
    assert read({**RELEASE, "ocid": ocid}) == ([], [(1, "ocid", "missing", "row_refused")])


def test_release_of_a_day_that_is_none_is_kept_and_said():
    rows, problems = read({**RELEASE, "date": "2031-02-30T00:00:00Z"})
    assert (rows[0].get("released_at"), problems) == (None, [(1, "date", "no_such_date", "value_missing")])


def test_record_gives_its_releases_else_the_one_its_publisher_compiled():
    linked = [{"url": "https://notices.sample.example/1", "date": "2031-01-01", "tag": ["tender"]}]
    whole = {"ocid": "ocds-sample-1", "releases": [RELEASE, {**RELEASE, "id": "r-2"}], "compiledRelease": {**RELEASE, "id": "c"}}
    rows, problems = read(
        whole,
        {**whole, "releases": linked},
        {**whole, "releases": []},
        {"ocid": "ocds-sample-1", "releases": linked},
        slug="find-a-tender-records",
    )
    assert ([row["release_id"] for row in rows], problems) == (["r-1", "r-2", "c", "c"], [])


def test_plan_reads_only_the_fields_that_are_used():
    of_lines = found("find-a-tender-lines")
    plans = [releases_plan(each) for each in (of_lines, replace(of_lines, card=found("find-a-tender-records").card))]
    assert [(plan.record, plan.plain) for plan in plans] == [(Release, plain_release()), (Record, None)]
