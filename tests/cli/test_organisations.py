import json
from datetime import UTC, date, datetime

import pytest
from tests.lakes import CARERS, sample_tables

from opencompact.cli import run
from opencompact.lake import Lake
from opencompact.organisations.rules.history import LINES
from opencompact.registry import load_shapes

ORIGIN = {"source": "s", "standing": "sample", "source_file": "register.csv", "source_row": 2}


def workspace_of(folder, **tables):
    lake = Lake(folder / "lake", load_shapes())
    with lake.change() as change:
        for table in ("register_names", *LINES):
            change.put_rows(table, [{**ORIGIN, "organisation_id": CARERS, **row} for row in tables.get(table, [])])
    return folder


@pytest.fixture
def show(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    name = {"name": "Café Carers of Nowhere", "name_kind": "main", "register": "sample", "registered_on": date(2010, 1, 1)}
    income = {"year_starts_on": date(2013, 4, 1), "year_ends_on": date(2014, 3, 31), "income": 8000}
    pair = {"relation": "parent", "other_id": "GB-CHC-sample-8", "other_name": "Carers of the World"}
    workspace = workspace_of(tmp_path, register_names=[name], register_incomes=[income], register_numbers=[pair])

    def ask(*arguments):
        code, message = run(["organisations", "show", *arguments, "--workspace", str(workspace)])
        return code, capsys.readouterr().out, message

    return ask


def test_organisation_is_shown_as_it_was_on_a_day(show):
    code, out, _ = show(CARERS, "--on", "2014-03-31")
    assert code == 0
    assert [line.split("  ")[0].strip() for line in out.splitlines()] == [f"{CARERS} on 2014-03-31: registered", "what", "name", "parent", "income"]
    assert "£8,000.00 (micro)" in out


def test_year_without_accounts_says_so(show):
    _, out, _ = show(CARERS, "--on", "2020-01-01")
    assert out.splitlines()[-1] == "No accounts of that year are held."


def test_today_is_meant_where_no_day_is_given(show):
    before = datetime.now(UTC).date()
    code, out, _ = show(CARERS, "--json")
    held = json.loads(out)
    assert (code, held["status"], held["names"][0]["told"]) == (0, "registered", "Café Carers of Nowhere")
    assert before <= date.fromisoformat(held["on"]) <= datetime.now(UTC).date()


def test_unknown_organisation_is_a_sentence(show):
    code, out, message = show("GB-CHC-sample-404")
    assert (code, out) == (3, "")
    assert message.startswith("No register held in ")


def test_lake_without_names_knows_nobody(tmp_path, capsys):
    code, message = run(["organisations", "show", CARERS, "--workspace", str(workspace_of(tmp_path))])
    assert (code, "tells of GB-CHC-sample-1" in message) == (3, True)


def test_small_lake_has_the_history_the_pages_show():
    assert {row["line"] for row in sample_tables()["organisation_history"]} == {"name", "event", "income", "number"}
