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
