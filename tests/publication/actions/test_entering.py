"""The search entries: every public page, and no person."""

import pytest
from tests.lakes import CARERS, TOWN, UNITY, sample_tables, small_lake
from tests.publication.releases import lake_with


def entries(lake):
    return lake.connect().execute("SELECT path, kind, title, text, weight FROM entries ORDER BY path").fetchall()


def test_every_page_is_entered(tmp_path):
    assert [(path, kind, weight) for path, kind, _, _, weight in entries(small_lake(tmp_path))] == [
        ("/agreements/sample-compact/", "agreement", 2),
        ("/agreements/sample-compact/1.1/", "undertaking", 1),
        ("/agreements/sample-compact/1.2/", "undertaking", 0),
        (f"/bodies/{UNITY}/", "body", 6),
        (f"/bodies/{TOWN}/", "body", 1),
        (f"/consultations/{UNITY}/halls-2031/", "consultation", 1),
        (f"/consultations/{UNITY}/water-2031/", "consultation", 1),
        ("/methods/sample-length/", "indicator", 2),
        (f"/organisations/{CARERS}/", "organisation", 2),
    ]


def test_consultation_without_a_title_is_entered_by_its_id(tmp_path):
    row = {**sample_tables()["consultations"][0], "title": None}
    assert [entry for entry in entries(lake_with(tmp_path, consultations=[row])) if entry[1] == "consultation"] == [
        (f"/consultations/{UNITY}/water-2031/", "consultation", f"{UNITY}/water-2031", f"Department for Unity 2031 {row['summary']}", 1)
    ]


@pytest.mark.parametrize("change", [{"is_voluntary": False}, {"name": "withheld"}, {"organisation_id": "GB-CHC-sample-8"}])
def test_organisation_that_is_not_voluntary_named_and_paid_is_left_out(tmp_path, change):
    carers = {**sample_tables()["organisations"][0], **change}
    assert [entry for entry in entries(lake_with(tmp_path, organisations=[carers])) if entry[1] == "organisation"] == []


def test_organisation_met_only_in_unidentified_lines_is_left_out(tmp_path):
    payments = [{**row, "link_stage": "none"} for row in sample_tables()["payments"]]
    assert [entry for entry in entries(lake_with(tmp_path, payments=payments, grants=[])) if entry[1] == "organisation"] == []


def test_names_as_published_never_enter(tmp_path):
    payments = [{**row, "payee_name": "canary", "unit": "canary"} for row in sample_tables()["payments"]]
    grants = [{**row, "recipient_name": "canary", "title": "canary"} for row in sample_tables()["grants"]]
    assert "canary" not in str(entries(lake_with(tmp_path, payments=payments, grants=grants)))
