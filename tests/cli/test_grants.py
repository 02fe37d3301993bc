import csv
import json

import pytest

from opencompact.cli import BAD_INPUT, FOUND_WRONG, USAGE, run
from opencompact.records.actions import checking

FAULTY = "Identifier,Title,Amount Awarded,Currency\n360G-s-1,=Sample [bold],ten,GBP\n360G-s-2,Sample,-1,GBP\n"
CLEAN = {
    "id": "360G-s-1", "title": "Sample", "description": "Sample words", "currency": "GBP", "amountAwarded": 1, "awardDate": "2031-07-16",
    "recipientOrganization": [{"id": "GB-CHC-1000011", "name": "Sample Trust"}], "fundingOrganization": [{"id": "GB-CHC-1000012", "name": "Sample Fund"}],
}  # fmt: skip


@pytest.fixture
def check(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")

    def checked(content, *options, name="grants.csv"):
        (tmp_path / name).write_text(content, encoding="utf-8")
        code, message = run(["grants", "check", str(tmp_path / name), *options])
        return code, capsys.readouterr().out, message

    return checked


def test_faulty_file_is_told_and_the_exit_code_says_so(check):
    code, out, _ = check(FAULTY)
    assert code == FOUND_WRONG
    assert [text in out for text in ("0 of 2 grants fit", "Amount Awarded is not a number", "have an amount below nought", "checks found nothing")] == [
        True
    ] * 4


def test_clean_file_leaves_with_nought(check):
    code, out, _ = check(json.dumps({"grants": [CLEAN]}), name="grants.json")
    assert (code, out.splitlines()[0]) == (0, "The grant fits the 360Giving standard.")


def test_remarks_are_shown(check):
    code, out, _ = check("\ufeff" + json.dumps({"grants": [CLEAN]}), name="grants.json")
    assert (code, "byte order mark" in out) == (0, True)


def test_report_as_json_has_everything(check):
    code, out, _ = check(FAULTY, "--json")
    report = json.loads(out)
    assert (code, report["grants"], report["errors"], report["faults"][0]["places"][0]["row"]) == (FOUND_WRONG, 2, 3, 2)


def test_report_is_written_as_a_page_and_as_a_table(check, tmp_path):
    _, out, _ = check(FAULTY, "--out", str(tmp_path / "report.html"))
    check(FAULTY, "--out", str(tmp_path / "report.csv"))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    rows = list(csv.DictReader((tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()))
    assert ("report.html" in out.replace("\n", ""), "<h1>Grants checked: grants.csv</h1>" in page, "Amount Awarded is not a number" in page) == (
        True,
        True,
        True,
    )
    assert next(row for row in rows if row["check"] == "type") | {"found": "ten"} == next(row for row in rows if row["check"] == "type")


def test_cell_that_would_be_a_formula_is_kept_as_text(check, tmp_path):
    check("Identifier,Title,Amount Awarded,Currency\n360G-s-1,Sample,=1+1,GBP\n", "--out", str(tmp_path / "report.csv"))
    rows = list(csv.DictReader((tmp_path / "report.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["found"] for row in rows if row["check"] == "type"] == ["'=1+1"]


def test_file_without_grants_is_refused(check):
    code, _, message = check("a,b\n1,2\n")
    assert (code, "headings are not the standard's" in message) == (BAD_INPUT, True)


def test_file_too_large_is_refused_unread(check, monkeypatch):
    monkeypatch.setattr(checking, "MOST_BYTES", 10)
    code, _, message = check(FAULTY)
    assert (code, "expected 10 or fewer" in message) == (BAD_INPUT, True)


def test_report_of_another_ending_is_wrong_use(check, tmp_path):
    code, _, message = check(FAULTY, "--out", str(tmp_path / "report.pdf"))
    assert (code, "expected .html or .csv" in message) == (USAGE, True)
