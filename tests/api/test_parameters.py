from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from opencompact.api import parameters
from opencompact.api.parameters import BadParameters, Fault
from opencompact.api.resources import Filter

FILTERS = (
    Filter("body", "text", "body = ?", "Body."),
    Filter("verdict", "word", "verdict = ?", "Verdict.", ("met", "unexplained")),
    Filter("is_card", "yes_no", "is_card = ?", "By card."),
    Filter("paid_since", "day", "paid_on >= ?", "Since."),
    Filter("amount_least", "money", "amount >= ?", "Least."),
    Filter("source_row", "whole", "source_row = ?", "Row."),
)
TAKEN = (*FILTERS, *parameters.IN_PAGES)


def read(query: str):
    return parameters.read(QueryDict(query), TAKEN)


def faults(query: str) -> list[tuple[str, str, str]]:
    with pytest.raises(BadParameters) as refusal:
        read(query)
    return [(fault.field, fault.found, fault.expected) for fault in refusal.value.faults]


def test_each_kind_is_read_as_its_own():
    asked = read("body=sample-office&verdict=met&is_card=true&paid_since=2031-07-16&amount_least=-12.50&source_row=7")
    assert {each.name: value for each, value in asked.filters} == {
        "body": "sample-office",
        "verdict": "met",
        "is_card": True,
        "paid_since": date(2031, 7, 16),
        "amount_least": Decimal("-12.50"),
        "source_row": 7,
    }
    assert asked.spelled == [
        ("amount_least", "-12.50"),
        ("body", "sample-office"),
        ("is_card", "true"),
        ("paid_since", "2031-07-16"),
        ("source_row", "7"),
        ("verdict", "met"),
    ]


def test_paging_and_form_stand_apart_from_filters():
    asked = read("limit=5&cursor=abc&format=csv&count=true&release=2026-11.2")
    assert (asked.filters, asked.limit, asked.cursor, asked.format, asked.count, asked.release) == ((), 5, "abc", "csv", True, "2026-11.2")


def test_nothing_asked_is_nothing():
    asked = read("")
    assert (asked.filters, asked.limit, asked.cursor, asked.format, asked.count, asked.release) == ((), None, "", "", False, None)


@pytest.mark.parametrize(
    ("query", "field", "found", "expected"),
    [
        ("body=", "body", "nothing", "1 to 300 characters"),
        (f"body={'x' * 301}", "body", "x" * 80 + "…", "1 to 300 characters"),
        ("verdict=good", "verdict", "good", "one of met, unexplained"),
        ("is_card=yes", "is_card", "yes", "true or false"),
        ("paid_since=2031-02-30", "paid_since", "2031-02-30", "a day of the calendar as 2031-07-16"),
        ("paid_since=20310716", "paid_since", "20310716", "a day of the calendar as 2031-07-16"),
        ("amount_least=1,000", "amount_least", "1,000", "pounds as 1234.50"),
        ("amount_least=1e5", "amount_least", "1e5", "pounds as 1234.50"),
        ("source_row=0", "source_row", "0", "a whole number from 1 to 1,000,000,000"),
        ("source_row=12345678901", "source_row", "12345678901", "a whole number from 1 to 1,000,000,000"),
        ("limit=1001", "limit", "1001", "a whole number from 1 to 1,000"),
        ("release=2026-13", "release", "2026-13", "draft, or a release number as 2026-11"),
        ("format=xml", "format", "xml", "one of json, csv"),
        ("body=a&body=b", "body", "2 values", "one value"),
    ],
)
def test_what_cannot_be_used_is_refused_in_plain_words(query, field, found, expected):
    assert faults(query) == [(field, found, expected)]


def test_every_fault_is_named_at_once_and_an_unknown_one_is_told_what_is_taken():
    known = "amount_least, body, count, cursor, format, is_card, limit, paid_since, release, source_row, verdict"
    assert faults("bodie=x&limit=0") == [
        ("bodie", "a parameter that is not taken here", f"one of {known}"),
        ("limit", "0", "a whole number from 1 to 1,000"),
    ]


def test_where_nothing_is_taken_it_says_none():
    with pytest.raises(BadParameters) as refusal:
        parameters.read(QueryDict("a=1"), ())
    assert refusal.value.faults == (Fault("a", "a parameter that is not taken here", "one of none"),)


@pytest.mark.parametrize(("text", "row"), [("2", 2), ("0", None), ("two", None), ("1.5", None)])
def test_row_number_of_a_path(text, row):
    assert parameters.row_number(text) == row


@given(st.sampled_from([each.name for each in TAKEN]), st.text(max_size=40))
def test_any_text_is_read_or_refused(name, text):
    query = QueryDict(mutable=True)
    query[name] = text
    try:
        fields = [each.name for each, _ in parameters.read(query, TAKEN).filters]
    except BadParameters as refusal:
        fields = [fault.field for fault in refusal.faults]
    assert fields in ([name], [])


def test_schema_is_as_strict_as_the_reading():
    schemas = {each.name: parameters.schema(each) for each in TAKEN}
    assert schemas["verdict"] == {"type": "string", "enum": ["met", "unexplained"]}
    assert schemas["limit"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}
    assert schemas["source_row"] == {"type": "integer", "minimum": 1, "maximum": 10**9}
