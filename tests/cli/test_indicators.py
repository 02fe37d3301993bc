import json

import pytest
from tests.judgement.tiny_lake import tiny_lake
from tests.lakes import small_lake

from opencompact.cli import run
from opencompact.registry import load_catalogue


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    small_lake(folder / "lake")
    return folder


@pytest.fixture
def ask(workspace, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")

    def indicators(*arguments):
        code, message = run(["indicators", *arguments])
        return code, capsys.readouterr().out, message

    return indicators


def test_indicators_are_listed_with_their_questions(ask):
    code, out, _ = ask("list", "--json")
    assert code == 0
    assert json.loads(out) == [{"indicator": slug, "question": card.question, "unit": card.unit} for slug, card in load_catalogue().indicators.items()]


def test_people_get_a_row_for_each_indicator(ask):
    code, out, _ = ask("list")
    lines = out.splitlines()
    assert (code, lines[0].split(), len(lines)) == (0, ["indicator", "question", "unit"], len(load_catalogue().indicators) + 1)


def test_explaining_shows_the_question_the_select_and_the_values(ask, workspace):
    card = load_catalogue().indicators["consultation-length"]
    code, out, _ = ask("explain", card.slug, "--workspace", str(workspace))
    assert code == 0
    assert out.splitlines()[:2] == [card.title, card.question]
    assert f"Counted over: {card.population}" in out
    assert card.sql.split()[0] in out
    assert ["period", "value", "interval", "n", "coverage", "why", "missing"] in [line.split() for line in out.splitlines()]


def test_values_are_shown_with_their_intervals_and_what_is_missing(ask, tmp_path):
    measure = {"indicator": "consultation-length", "body": "sample-office"}
    rows = [
        {**measure, "period": "all", "value": 63.5, "low": 40.0, "high": 84.0, "n": 7, "coverage": 0.5},
        {**measure, "period": "2031", "n": 1, "coverage": 1.0, "why_missing": "too few to say"},
        {**measure, "period": "2032", "n": 0, "why_missing": "no case in this period"},
    ]
    with tiny_lake(tmp_path / "lake", {"measures": rows}):
        pass
    code, out, _ = ask("explain", "consultation-length", "--workspace", str(tmp_path), "--body", "sample-office")
    table = [line.split() for line in out.splitlines()]
    assert code == 0
    assert table[-3:] == [
        ["all", "63.5", "40", "to", "84", "7", "50%"],
        ["2031", "1", "100%", "too", "few", "to", "say"],
        ["2032", "0", "no", "case", "in", "this", "period"],
    ]


def test_indicator_nobody_knows_is_told_with_those_there_are(ask, workspace):
    code, _, message = ask("explain", "happiness", "--workspace", str(workspace))
    assert (code, message) == (3, f"There is no indicator happiness. Known: {', '.join(sorted(load_catalogue().indicators))}.")


def test_workspace_without_a_build_is_told(ask, tmp_path):
    code, _, message = ask("explain", "consultation-length", "--workspace", str(tmp_path))
    assert (code, message.endswith("Run `opencompact build` first.")) == (3, True)


def measured(tmp_path, *, value):
    """A workspace of two consultations whose lake says `value` of how many stood open for exactly 84 days."""
    measure = {"indicator": "consultations-on-the-boundary", "coverage": 1.0}
    consultations = [{"consultation_id": f"sample/{days}", "body": "sample-office", "days_open": days} for days in (42, 84)]
    rows = [{**measure, "body": body, "period": "all", "value": value, "n": 2} for body in ("all", "sample-office")]
    with tiny_lake(tmp_path / "lake", {"measures": rows, "consultations": consultations}):
        pass
    return "measure", "consultations-on-the-boundary", "--workspace", str(tmp_path)


def test_measuring_anew_agrees_with_the_lake(ask, tmp_path):
    code, out, message = ask(*measured(tmp_path, value=1.0))
    assert (code, message) == (0, "")
    assert out.splitlines()[1].split() == ["consultations-on-the-boundary", "2", "0", "0"]


def test_figure_that_differs_from_the_lakes_is_counted_and_found_wrong(ask, tmp_path):
    code, out, _ = ask(*measured(tmp_path, value=7.0))
    assert code == 1
    assert out.splitlines()[1].split() == ["consultations-on-the-boundary", "2", "0", "2"]


def test_figures_measured_are_given_whole(ask, tmp_path):
    code, out, _ = ask(*measured(tmp_path, value=1.0), "--json")
    assert code == 0
    assert [(row["body"], row["value"], row["n"], row["coverage"]) for row in json.loads(out)] == [("all", 1.0, 2, 1.0), ("sample-office", 1.0, 2, 1.0)]


def test_indicator_nobody_knows_is_not_measured(ask, tmp_path):
    code, _, message = ask("measure", "happiness", "--workspace", str(tmp_path))
    assert (code, message.startswith("There is no indicator happiness. Known: ")) == (3, True)


def test_indicator_whose_table_the_lake_lacks_is_named(ask, tmp_path):
    measured(tmp_path, value=1.0)
    code, _, message = ask("measure", "grants-multi-year", "--workspace", str(tmp_path))
    assert (code, message.startswith("Indicator grants-multi-year, measure.sql: ")) == (3, True)
