import json

import pytest

from opencompact.api.reconciliation.asked import BATCH, MOST_LIMIT, MOST_TEXT, BadQuery, Fetch, Query, TooMany, read_batch, read_fetch, read_one


def one(**given):
    return read_one(json.dumps(given))


def test_query_is_a_name_with_what_else_is_known():
    asked = one(
        query=" Nowhere Carers ",
        type=["charity", {"id": "cic"}],
        limit=3,
        type_strict="any",
        properties=[
            {"pid": "postcode", "v": "ZZ1 1AA"},
            {"pid": "number", "v": [1234567.0, {"id": "GB-COH-09123456", "name": "x"}, None]},
            {"pid": "postcode", "v": True},
        ],
    )
    assert asked == Query("Nowhere Carers", ("charity", "cic"), 3, {"postcode": ("ZZ1 1AA", "True"), "number": ("1234567", "GB-COH-09123456")})
    assert asked.payee.name == "Nowhere Carers"
    assert asked.payee.postcode == "ZZ1 1AA True"
    assert asked.numbers == ("GB-CHC-1234567", "GB-COH-01234567", "GB-COH-09123456")


def test_query_may_be_a_bare_name():
    assert read_one("Nowhere Carers") == Query("Nowhere Carers")


@pytest.mark.parametrize("text", ["GB-CHC-1234567", "1234567"])
def test_number_in_place_of_a_name_is_no_name(text):
    assert (one(query=text).payee.name, "GB-CHC-1234567" in one(query=text).numbers) == ("", True)


def test_word_like_a_number_that_is_none_stays_a_name():
    assert one(query="A-99999").payee.name == "A-99999"


def test_limit_is_cut_and_a_spreadsheets_number_is_whole():
    assert (one(query="a", limit=9999).limit, one(query="a", limit=2.0).limit) == (MOST_LIMIT, 2)


def test_type_may_be_one_word_or_nothing():
    assert (one(query="a", type="cic").types, one(query="a", type=None).types, one(query="a", type="").types) == (("cic",), (), ())


def test_text_is_cut_and_holds_no_nul():
    assert len(one(query="a" * 9999).name) == MOST_TEXT
    assert one(query="a\0b").name == "a b"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "found neither `query` nor `properties`"),
        ({"query": " "}, "found neither `query` nor `properties`"),
        ({"query": 1}, "query.query: found 1; expected text."),
        ({"query": "a", "limit": 0}, "query.limit: found 0; expected a whole number from 1."),
        ({"query": "a", "limit": True}, "query.limit: found True"),
        ({"query": "a", "type": 3}, "query.type: found 3; expected text."),
        ({"query": "a", "type_strict": "maybe"}, "expected one of any, should, all"),
        ({"query": "a", "properties": {}}, "query.properties: found {}; expected a list."),
        ({"query": "a", "properties": [{"pid": "postcode"}]}, "expected an object with `pid` and `v`"),
        ({"query": "a", "properties": ["postcode"]}, "expected an object with `pid` and `v`"),
        ({"query": "a", "properties": [{"v": "x"}]}, "query.properties.pid: found nothing; expected text."),
    ],
)
def test_query_that_is_none_is_refused_in_words(given, said):
    with pytest.raises(BadQuery) as refusal:
        one(**given)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "said"), [("[]", "queries: found []; expected an object."), ("{", "no JSON"), ('{"a": 1}', "queries.a: found 1; expected an object with `query`.")]
)
def test_batch_that_is_none_is_refused_in_words(text, said):
    with pytest.raises(BadQuery) as refusal:
        read_batch(text)
    assert said in str(refusal.value)


def test_batch_keeps_keys_and_order_and_has_an_end():
    assert list(read_batch('{"b": {"query": "x"}, "a": {"query": "y"}}')) == ["b", "a"]
    with pytest.raises(TooMany):
        read_batch(json.dumps({str(place): {"query": "x"} for place in range(BATCH + 1)}))


def test_fetch_names_organisations_and_properties_once():
    asked = json.dumps({"ids": ["GB-CHC-1"], "properties": [{"id": "kind", "settings": {}}, "income", {"id": "kind"}]})
    assert read_fetch(asked) == Fetch(("GB-CHC-1",), ("kind", "income"))


@pytest.mark.parametrize("given", [{}, {"ids": "GB-CHC-1", "properties": []}, {"ids": [1], "properties": []}, {"ids": [], "properties": [{}]}])
def test_fetch_that_is_none_is_refused(given):
    with pytest.raises(BadQuery):
        read_fetch(json.dumps(given))


def test_fetch_of_too_many_is_refused():
    with pytest.raises(TooMany):
        read_fetch(json.dumps({"ids": ["a"] * (BATCH + 1), "properties": []}))
