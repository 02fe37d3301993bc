from datetime import date

import pytest
from tests.records.plans import found, records, run, table

from opencompact.records.rules.consultation_files import consultation_table_plan, content_item_plan

HEADERS = ("old_url", "title", "organisation", "opening_date", "closing_date", "response_date", "attachment_1", "attachment_2_url", "attachment_1_title")


def page(
    url="http://sample.example/sample-1",
    organisation="Sample Department",
    opened="01-Jul-2031",
    closed="2031-09-23",
    responded="",
    title="Sample",
    attached=("", ""),
):
    return (url, title, organisation, opened, closed, responded, *attached, "")


def read(*rows, bodies=None, headers=HEADERS):
    return run(consultation_table_plan(found("corrected-consultations-2012", headers)), table(*rows), bodies=bodies)


def test_page_is_named_by_its_body_and_the_end_of_its_address():
    rows, problems = read(
        page("http://sample.example/a/sample-1/"), page("http://sample.example/sample-2", "SAMPLE council"), bodies={"sample council": "sample-town-council"}
    )
    assert problems == []
    assert [(row["consultation_id"], row["body"], row["bodies"]) for row in rows] == [
        ("sample-department/sample-1", "sample-department", "sample-department"),
        ("sample-town-council/sample-2", "sample-town-council", "sample-town-council"),
    ]


def test_length_is_closing_day_minus_opening_day():
    rows, _ = read(page())
    assert (rows[0]["opened_on"], rows[0]["closed_on"], rows[0]["days_open"]) == (date(2031, 7, 1), date(2031, 9, 23), 84)


@pytest.mark.parametrize(("source", "day"), [("dft-consultations", date(2012, 11, 14)), ("corrected-consultations-2012", None)])
def test_day_a_page_was_read_is_the_cards_and_missing_where_it_has_none(source, day):
    rows, _ = run(consultation_table_plan(found(source, HEADERS)), table(page(opened="2031-07-01")))
    assert rows[0].get("read_on") == day


def test_attached_documents_are_counted_and_not_read():
    rows, _ = read(page(attached=("http://sample.example/a.pdf", "http://sample.example/b.pdf")), page())
    assert [(row["documents"], row["documents_read"]) for row in rows] == [(2, 0), (0, 0)]


def test_number_of_documents_is_unknown_where_no_column_tells():
    assert "documents" not in read(page()[:6], headers=HEADERS[:6])[0][0]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Sample boats", "consultation"),
        ("Call for EVIDENCE on boats", "call_for_evidence"),
        ("Boats: call for views", "call_for_evidence"),
        ("A request for evidence", "call_for_evidence"),
        ("", "consultation"),
    ],
)
def test_kind_is_what_the_title_says(title, kind):
    assert read(page(title=title))[0][0]["kind"] == kind


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"closed": "2031-06-30"}, ("closing_date", "closes_before_it_opens", "kept")),
        ({"closed": "2032-07-02"}, ("closing_date", "implausible_length", "kept")),
        ({"closed": "2032-07-01"}, None),
        ({"opened": "1989-12-31", "closed": "1990-01-31"}, ("opening_date", "implausible_day", "kept")),
        ({"closed": "2231-01-01"}, ("closing_date", "implausible_day", "kept")),
        ({"responded": "2031-09-23"}, ("response_date", "response_before_close", "kept")),
        ({"responded": "2031-09-24"}, None),
        ({"responded": "soon"}, ("response_date", "no_such_date", "value_missing")),
        ({"opened": ""}, ("opening_date", "missing", "row_refused")),
        ({"closed": "2031-09-31"}, ("closing_date", "no_such_date", "row_refused")),
        ({"url": ""}, ("old_url", "missing", "row_refused")),
    ],
)
def test_days_that_cannot_be_are_told(given, problem):
    assert read(page(**given))[1] == ([(2, *problem)] if problem else [])


ITEM = {
    "base_path": "/government/consultations/sample",
    "title": "Sample",
    "description": "About samples.",
    "document_type": "consultation_outcome",
    "updated_at": "2031-12-01T00:30:00+01:00",
    "details": {
        "opening_date": "2031-07-01T09:00:00+01:00",
        "closing_date": "2031-09-23T23:45:00+01:00",
        "body": "<p>Some\n<b>words</b></p>",
        "documents": ["a"],
    },
    "links": {"organisations": [{"base_path": "/government/organisations/sample-office"}, {"base_path": "/government/organisations/sample-other"}]},
}


def item(**details):
    return {**ITEM, "details": {**ITEM["details"], **details}}


def items(*given):
    return run(content_item_plan(found("govuk-consultations")), records(*given))


def test_content_item_is_a_line():
    rows, problems = items(ITEM)
    assert problems == []
    assert rows == [
        {
            "consultation_id": "sample-office/sample",
            "body": "sample-office",
            "bodies": "sample-office;sample-other",
            "title": "Sample",
            "url": "https://www.gov.uk/government/consultations/sample",
            "kind": "consultation",
            "opened_on": date(2031, 7, 1),
            "closed_on": date(2031, 9, 23),
            "days_open": 84,
            "summary": "About samples.",
            "page_text": "About samples. Some words",
            "documents": 1,
            "documents_read": 0,
            "read_on": date(2031, 12, 1),
        }
    ]


NOTES = [
    {"public_timestamp": "2031-11-02T10:00:00Z", "note": "Added a summary of responses."},
    {"public_timestamp": "2031-10-02T10:00:00Z", "note": "Response published."},
    {"public_timestamp": "2031-07-01T10:00:00Z", "note": "First published."},
]


@pytest.mark.parametrize(
    ("given", "responded"),
    [
        (item(final_outcome_publication_date="2031-10-01T10:00:00Z", change_history=NOTES), date(2031, 10, 1)),
        (item(change_history=NOTES), date(2031, 10, 2)),
        (item(change_history=NOTES[2:]), None),
        ({**item(change_history=NOTES), "document_type": "closed_consultation"}, None),
        (item(change_history=None), None),
    ],
)
def test_response_day_is_the_one_given_else_the_first_the_history_tells_of(given, responded):
    assert items(given)[0][0].get("responded_on") == responded


def test_item_without_an_organisation_or_days_is_refused():
    rows, problems = items({**ITEM, "links": {}, "details": {"opening_date": "2031-02-30"}})
    assert rows == []
    assert problems == [
        (1, "details.closing_date", "missing", "row_refused"),
        (1, "details.opening_date", "no_such_date", "row_refused"),
        (1, "links.organisations", "missing", "row_refused"),
    ]


def test_featured_attachments_count_as_documents():
    assert items(item(featured_attachments=["b", "c"]))[0][0]["documents"] == 3
