import pytest

from opencompact.records.actions.checking import grant_schema
from opencompact.records.rules.grant_headings import read_headings
from opencompact.records.rules.grant_rows import grants_of, merged


def made(headings, *rows, is_workbook=False):
    columns = [[row[place] for row in rows] for place in range(len(headings))]
    return grants_of(columns, read_headings(headings, grant_schema()), headings, grant_schema(), is_workbook=is_workbook)


def test_row_becomes_a_grant_with_lists_and_objects():
    headings = ["Identifier", "Amount Awarded", "Recipient Org:Name", "Funding Org:0:Name", "Funding Org:1:Name", "Recipient Ind:Name", "Our own"]
    assert made(
        headings, ["a", "10", "Sample Trust", "Sample Fund", "Other Fund", None, "x"], [None, None, None, None, "Other Fund", "Sample Person", None]
    ) == [
        {
            "id": "a",
            "amountAwarded": 10,
            "recipientOrganization": [{"name": "Sample Trust"}],
            "fundingOrganization": [{"name": "Sample Fund"}, {"name": "Other Fund"}],
            "Our own": "x",
        },
        {"fundingOrganization": [{"name": "Other Fund"}], "recipientIndividual": {"name": "Sample Person"}},
    ]


@pytest.mark.parametrize(("first", "second", "held"), [("a", "b", "b"), ("a", None, "a"), (None, "b", "b"), (None, None, None)])
def test_of_a_heading_that_stands_twice_the_last_that_says_something_counts(first, second, held):
    assert made(["Identifier", "Title", "Title"], ["x", first, second]) == [{"id": "x", **({"title": held} if held else {})}]


def test_columns_without_a_heading_are_left_out():
    assert made(["Identifier", ""], ["a", "x"]) == [{"id": "a"}]


def test_no_columns_are_no_grants():
    assert grants_of([], [], [], grant_schema(), is_workbook=False) == []


@pytest.mark.parametrize(
    ("text", "read"),
    [("10", 10), ("10.50", 10.5), ("-3", -3), ("1,000", "1,000"), ("£10", "£10"), ("1_0", "1_0"), ("nan", "nan"), ("1e9999", "1e9999"), ("9" * 30, "9" * 30)],
)
def test_number_is_read_where_it_is_one(text, read):
    assert made(["Amount Awarded"], [text]) == [{"amountAwarded": read}]


@pytest.mark.parametrize(
    ("is_workbook", "text", "award", "modified"),
    [
        (True, "2031-07-16 00:00:00", "2031-07-16", "2031-07-16T00:00:00Z"),
        (True, "16/07/2031", "16/07/2031", "16/07/2031"),
        (False, "2031-07-16 00:00:00", "2031-07-16 00:00:00", "2031-07-16 00:00:00"),
    ],
)
def test_day_of_a_workbook_is_a_day(is_workbook, text, award, modified):
    assert made(["Award Date", "Last Modified"], [text, text], is_workbook=is_workbook) == [{"awardDate": award, "dateModified": modified}]


def test_list_of_words_is_parted():
    headings = ["To Individuals Details:Grant Purpose", "Related Activity"]
    assert made(headings, ["GTIP010; GTIP020,", "a"]) == [{"toIndividualsDetails": {"grantPurpose": ["GTIP010", "GTIP020"]}, "relatedActivity": ["a"]}]


def test_numbered_word_of_a_list_stands_for_the_list():
    columns, path = [["GTIP010"]], ("toIndividualsDetails", "grantPurpose", 0)
    assert grants_of(columns, [path], ["x"], grant_schema(), is_workbook=False) == [{"toIndividualsDetails": {"grantPurpose": "GTIP010"}}]


def test_other_sheets_add_to_grants_of_their_identifier():
    grants = [{"id": "a", "title": "kept", "fundingOrganization": [{"id": "1"}]}, {"title": "without"}]
    more = [{"id": "a", "title": "other", "url": "u", "fundingOrganization": [{"id": "2"}]}, {"id": "unknown", "title": "x"}, {"title": "none"}]
    assert merged(grants, more) == [{"id": "a", "title": "kept", "url": "u", "fundingOrganization": [{"id": "1"}, {"id": "2"}]}, {"title": "without"}]
