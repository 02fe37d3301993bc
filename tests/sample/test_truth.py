"""The truth is counted as it is told."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.sample.country import Body
from opencompact.sample.truth import Payee, Truth, pounds

CHARITY = Payee("Varrowmere Hall Trust", "GB-CHC-1900000", "identifier", "1900000")


@given(st.integers(-(10**12), 10**12))
def test_pence_become_pounds(pence):
    assert Decimal(pounds(pence)) * 100 == pence
    assert pounds(pence)[-3] == "."


@pytest.mark.parametrize(
    ("organisation", "expected"), [("GB-CHC-1900000", True), ("GB-SC-SC098000", True), ("GB-NIC-198000", True), ("GB-COH-98000000", False), ("", False)]
)
def test_a_payee_on_a_charity_register_is_voluntary(organisation, expected):
    assert Payee("X", organisation).is_voluntary is expected


def test_rows_links_and_lists_are_written(tmp_path):
    with Truth(tmp_path, root="land") as truth:
        truth.row("payments", tmp_path / "a.csv", 2, body="sample-x", year="2031", pence=1205, payee=CHARITY)
        truth.row("payments", tmp_path / "a.csv", 3, body="sample-x", year="2031", pence=-5, payee=Payee("Ms T Okkelby"))
        truth.problem(tmp_path / "a.csv", 4, "empty amount", header="Amount", reported=True, loads=False)
        truth.problem(tmp_path / "a.csv", None, "cp1252", reported=False)
        truth.consultation({"consultation_id": "sample-x/sample-y"})
        truth.write(bodies=[Body("sample-x", "X", "department", "D9801", successors=("sample-z",))], seed=1, scale=2, today="2034-07-01")
    told = json.loads((tmp_path / "truth.json").read_text())
    assert told["payments"] == {
        "rows": 2,
        "total": "12.00",
        "by_body": {"sample-x": {"rows": 2, "total": "12.00"}},
        "voluntary_total": {"sample-x": {"2031": "12.05"}},
        "rows_by_file": {"land/a.csv": 2},
        "missing_months": [],
    }
    assert told["problems"] == [
        {"source_file": "land/a.csv", "source_row": 4, "field": "Amount", "dirt": "empty amount", "reported": True, "loads": False},
        {"source_file": "land/a.csv", "source_row": None, "field": "", "dirt": "cp1252", "reported": False, "loads": True},
    ]
    assert told["consultations"] == [{"consultation_id": "sample-x/sample-y"}]
    assert told["bodies"] == [
        {"body": "sample-x", "name": "X", "kind": "department", "key": "D9801", "started_on": None, "ended_on": None, "successors": ["sample-z"]}
    ]
    assert [json.loads(line) for line in (tmp_path / "truth-links.jsonl").read_text().splitlines()] == [
        {"table": "payments", "source_file": "land/a.csv", "source_row": 2, "organisation_id": "GB-CHC-1900000", "stage": "identifier"},
        {"table": "payments", "source_file": "land/a.csv", "source_row": 3, "organisation_id": None, "stage": "none"},
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["truth-links.jsonl", "truth.json"]


def test_contract_links_tell_the_award_and_the_place(tmp_path):
    with Truth(tmp_path, root="land") as truth:
        truth.row("contracts", tmp_path / "a.json", 1, body="sample-x", year="2031", pence=1, payee=CHARITY, award_id="o-1", supplier_place=2)
    link = json.loads((tmp_path / "truth-links.jsonl").read_text())
    assert (link["award_id"], link["supplier_place"]) == ("o-1", 2)
