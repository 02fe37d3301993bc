import pytest

from opencompact.records.rules.grant_report import ROWS, Finding, Report, report_html, report_rows
from opencompact.records.rules.grant_schema import FaultKind, Place


def finding(slug="amount-nought", group="accuracy", count=1, of=4, applies="grants"):
    places = tuple(Place(row, f"grants/{row - 2}") for row in range(2, 2 + min(count, 2)))
    return Finding(slug, group, applies, "Amount Awarded", "have <nought>", "Why.", "Fix.", "All good.", count, of, places)


def report(**given):
    facts = {
        "name": "<grants>.csv",
        "form": "text table",
        "grants": 4,
        "to_people": 0,
        "funders": 1,
        "errors": 0,
        "faulty_grants": 0,
        "faults": (),
        "findings": (),
    }
    return Report(**{**facts, **given})


KIND = FaultKind("type", "Amount Awarded", "Amount Awarded is not a number", "Write the number.", 3, (Place(2, "grants/0/amountAwarded", "<ten>"),))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "All 4 grants fit the 360Giving standard."),
        ({"grants": 1}, "The grant fits the 360Giving standard."),
        ({"errors": 5, "faulty_grants": 3}, "1 of 4 grants fit the 360Giving standard; the other 3 break its rules in 5 places."),
    ],
)
def test_answer_says_how_many_fit(given, says):
    assert report(**given).answer == says


def test_findings_are_found_or_good_or_do_not_apply():
    held = report(findings=(finding(), finding("b", count=0), finding("c", count=0, of=0)))
    assert ([each.slug for each in held.found], [each.slug for each in held.good]) == (["amount-nought"], ["b"])
    assert [each.share for each in held.findings] == [0.25, 0.0, 0.0]


def test_rows_have_one_for_each_place():
    rows = list(report_rows(report(faults=(KIND,), errors=3, findings=(finding(count=2), finding("b", count=0)))))
    assert rows[0] == ROWS
    assert [(row[0], row[1], row[4], row[6], row[9], row[10]) for row in rows[1:]] == [
        ("schema", "type", 3, "", 2, "grants/0/amountAwarded"),
        ("accuracy", "amount-nought", 2, 0.5, 2, "grants/0"),
        ("accuracy", "amount-nought", 2, 0.5, 3, "grants/1"),
    ]


def test_page_escapes_what_comes_from_the_file():
    page = report_html(report(faults=(KIND,), errors=3, findings=(finding(),), unknown_fields=("<b>",), remarks=("A <remark>",)))
    assert [text in page for text in ("&lt;grants&gt;.csv", "“&lt;ten&gt;”", "&lt;nought&gt;", "&lt;b&gt;", "A &lt;remark&gt;")] == [True] * 5
    assert [text in page for text in ("<ten>", "<b>", "<grants>", "<remark>")] == [False] * 4


def test_page_of_a_clean_file_says_so():
    page = report_html(report(form="JSON", findings=(finding(count=0),)))
    assert ("Nothing was found." in page, "Likely wrong" in page, "<li>All good.</li>" in page) == (True, False, True)


def test_page_without_checks_that_apply_has_no_praise():
    assert "Done well" not in report_html(report(faults=(KIND,), errors=3, form="JSON"))


def test_small_shares_and_many_fields_are_cut_short():
    page = report_html(report(findings=(finding(count=3, of=10_000, applies="people"),), unknown_fields=tuple(f"f{n}" for n in range(25))))
    assert ("under 1%" in page, "row 2; row 3 …" in page, "3 of 10,000 grants to people have" in page, "f19 and 5 more" in page) == (True, True, True, True)
