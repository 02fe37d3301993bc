"""The change note against the release before."""

import json

from tests.lakes import sample_tables
from tests.publication.releases import freeze, lake_with, write_draft

from opencompact.publication.actions.placing import write_checksums


def note(releases, number):
    return (releases / number / "CHANGES.md").read_text().splitlines()


def forget(release, table, column=None):
    """Make a release one that never had the table, or the column of it."""
    path = release / "datapackage.json"
    package = json.loads(path.read_text())
    for resource in package["resources"]:
        if resource["name"] == table:
            resource["schema"]["fields"] = [field for field in resource["schema"]["fields"] if field["name"] != column]
    package["resources"] = [resource for resource in package["resources"] if column or resource["name"] != table]
    path.write_text(json.dumps(package))


def test_first_draft_says_so(releases):
    assert note(releases, "draft")[2:] == ["Revised because: first release.", "", "There is no release before this one."]


def test_draft_is_compared_with_the_latest_release(releases, tmp_path):
    freeze(releases)
    payments = sample_tables()["payments"]
    measures = sample_tables()["measures"]
    problems = [*sample_tables()["problems"], *sample_tables()["problems"]]
    changed = lake_with(
        tmp_path / "changed",
        payments=[{**payments[0], "payee_name": "Café Carers"}, payments[1], {**payments[2], "source_row": 9}],
        measures=[{**measures[0], "value": 64.0}, {**measures[1], "value": 0.0, "why_missing": None}],
        problems=problems,
    )
    write_draft(releases, changed, because="a file was read again")
    assert note(releases, "draft")[2:] == [
        "Revised because: a file was read again.",
        "",
        "Compared with release 2031-11.",
        "",
        "## Tables",
        "",
        "| table | rows added | rows removed | rows changed | columns that came or went |",
        "|---|--:|--:|--:|---|",
        "| measures | 0 | 0 | 2 |  |",
        "| payments | 1 | 1 | 1 |  |",
        "| problems | 1 | 0 | 0 |  |",
        "",
        "## Figures that moved",
        "",
        "| indicator | body | period | from | to |",
        "|---|---|---|--:|--:|",
        "| sample-length | sample-department-for-unity | 2031 | 63.5 | 64.0 |",
        "| sample-length | sample-department-for-unity | 2032 | no value | 0.0 |",
    ]


def test_release_is_compared_with_the_one_before_it_and_not_a_later_one(releases):
    for number in ("2031-08", "2031-10", "2031-09"):
        freeze(releases, number=number)
    assert note(releases, "2031-09")[4] == "Compared with release 2031-08."


def test_tables_and_columns_that_came_and_went_are_told(releases):
    freeze(releases)
    forget(releases / "2031-11", "signs")
    forget(releases / "2031-11", "measures")
    forget(releases / "2031-11", "bodies", "history")
    forget(releases / "2031-11", "agreements", "agreement")
    forget(releases / "draft", "problems")
    write_checksums(releases / "draft")
    freeze(releases)
    assert note(releases, "2031-11.2")[8:] == [
        "| table | rows added | rows removed | rows changed | columns that came or went |",
        "|---|--:|--:|--:|---|",
        "| agreements | 0 | 0 | 0 | agreement |",
        "| bodies | 0 | 0 | 0 | history |",
        "| measures | 2 | 0 | 0 |  |",
        "| problems | 0 | 1 | 0 |  |",
        "| signs | 1 | 0 | 0 |  |",
        "",
        "## Figures that moved",
        "",
        "No figure moved.",
    ]
