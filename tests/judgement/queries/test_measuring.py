from datetime import date

import pytest
from tests.judgement.tiny_lake import tiny_lake

from opencompact.judgement import queries
from opencompact.lake import Lake
from opencompact.registry import load_shapes

RULES = {"in_force_from": date(2031, 1, 1), "least_days": 84, "rule": "12 weeks"}
TABLES = {
    "bodies": [
        {"body": "examples", "name": "Department of Examples", "kind": "department"},
        {"body": "samples", "name": "Agency for Samples", "kind": "agency"},
    ],
    "undertakings": [
        {"undertaking": "sample/2.4", "agreement": "sample", "place": 1, "number": "2.4", "outcome": "2", "paraphrase": "Give time."},
        {"undertaking": "sample/2.5", "agreement": "sample", "place": 2, "number": "2.5", "outcome": "2", "paraphrase": "Answer."},
        {"undertaking": "other/1", "agreement": "other", "place": 1, "number": "1", "outcome": "1", "paraphrase": "Be fair."},
    ],
    "verdicts": [
        {"undertaking": "sample/2.5", "body": "examples", "verdict": "met"},
        {"undertaking": "sample/2.4", "body": "examples", "verdict": "unexplained"},
        {"undertaking": "sample/2.4", "body": "samples", "verdict": "met"},
        {"undertaking": "sample/2.4", "body": "unlisted", "verdict": "met"},
        {"undertaking": "other/1", "body": "examples", "verdict": "cannot_tell"},
    ],
    "rule_sets": [
        {"rule_set": "compact", "made_by": "compact", "title": "Compact", **RULES, "in_force_from": date(2030, 1, 1)},
        {"rule_set": "code", "made_by": "government", "title": "Code", **RULES},
    ],
    "consultations": [{"consultation_id": "examples/a", "body": "examples"}, {"consultation_id": "samples/b", "body": "samples"}],
    "consultation_verdicts": [
        {"consultation_id": "examples/a", "rule_set": "compact", "verdict": "cannot_tell"},
        {"consultation_id": "examples/a", "rule_set": "code", "verdict": "unexplained"},
        {"consultation_id": "samples/b", "rule_set": "code", "verdict": "met"},
    ],
    "indicators": [
        {"indicator": "length", "title": "Length", "question": "How long?", "unit": "days", "better": "higher"},
        {"indicator": "amount", "title": "Amount", "question": "How much?", "unit": "pounds", "better": "neither"},
    ],
    "measures": [
        {"indicator": "length", "body": "examples", "period": period, "value": value}
        for period, value in [("all", 1.0), ("2032", 2.0), ("2031", 3.0), ("2031-Q2", 4.0), ("2031-Q1", 5.0), ("2031/32", 6.0)]
    ]
    + [{"indicator": "amount", "body": body, "period": "all", "value": value} for body, value in [("examples", 7.0), ("samples", 8.0), ("all", 15.0)]],
}


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lake")
    with tiny_lake(folder, TABLES):
        pass
    with Lake(folder, load_shapes()).connect() as con:
        yield con


def test_verdicts_of_a_body_stand_in_the_agreements_order(con):
    found = [(row["undertaking"], row["verdict"], row["number"], row["paraphrase"]) for row in queries.verdicts_of_body(con, body="examples")]
    assert found == [
        ("other/1", "cannot_tell", "1", "Be fair."),
        ("sample/2.4", "unexplained", "2.4", "Give time."),
        ("sample/2.5", "met", "2.5", "Answer."),
    ]


def test_verdicts_of_a_consultation_put_the_governments_rule_first(con):
    found = [(row["rule_set"], row["verdict"], row["title"]) for row in queries.consultation_verdicts(con, consultation_id="examples/a")]
    assert found == [("code", "unexplained", "Code"), ("compact", "cannot_tell", "Compact")]


def test_matrix_groups_bodies_by_kind_and_names_those_not_listed_by_their_slug(con):
    found = [(row["kind"], row["name"], row["number"], row["verdict"]) for row in queries.matrix(con, agreement="sample")]
    assert found == [
        ("agency", "Agency for Samples", "2.4", "met"),
        ("department", "Department of Examples", "2.4", "unexplained"),
        ("department", "Department of Examples", "2.5", "met"),
        (None, "unlisted", "2.4", "met"),
    ]


def test_measures_of_a_body_are_of_one_period(con):
    found = [(row["indicator"], row["value"], row["unit"], row["better"]) for row in queries.measures_of_body(con, body="examples")]
    assert found == [("amount", 7.0, "pounds", "neither"), ("length", 1.0, "days", "higher")]
    assert [row["value"] for row in queries.measures_of_body(con, body="examples", period="2031/32")] == [6.0]


@pytest.mark.parametrize(("kind", "values"), [("year", [3.0, 2.0]), ("quarter", [5.0, 4.0]), ("financial_year", [6.0]), ("all", [1.0])])
def test_series_is_of_one_kind_of_period_in_order_of_time(con, kind, values):
    assert [row["value"] for row in queries.measure_series(con, indicator="length", body="examples", kind=kind)] == values


def test_measures_by_body_put_everybody_first(con):
    assert [(row["name"], row["value"]) for row in queries.measures_by_body(con, indicator="amount")] == [
        ("all", 15.0),
        ("Agency for Samples", 8.0),
        ("Department of Examples", 7.0),
    ]


def test_counts_by_verdict(con):
    assert queries.count_verdicts(con, undertaking="sample/2.4") == {"met": 2, "unexplained": 1}
    assert queries.count_consultation_verdicts(con, rule_set="code") == {"met": 1, "unexplained": 1}
    assert queries.count_consultation_verdicts(con, rule_set="code", body="samples") == {"met": 1}
