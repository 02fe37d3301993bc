from datetime import date
from decimal import Decimal

import jsonschema
import pytest
from tests.api.reconciliation import schemas

from opencompact.api.reconciliation.asked import BadQuery
from opencompact.api.reconciliation.extension import ASKED_BY, FETCHED, extended

ROW = {
    "organisation_id": "GB-CHC-1",
    "name": "Nowhere Carers",
    "kind": "charity",
    "is_voluntary": True,
    "size_band": "small",
    "income": Decimal("12000.50"),
    "income_year_ends_on": date(2031, 3, 31),
    "on_register": False,
    "other_ids": "GB-COH-1;GB-COH-2",
}
EMPTY = {**ROW, "income": None, "income_year_ends_on": None, "other_ids": None, "size_band": "not_held"}


def fetched(row, wanted, ids=("GB-CHC-1",)):
    answer = extended({"GB-CHC-1": row}, list(ids), wanted, view=lambda each: f"https://example.org/{each}")
    jsonschema.validate(answer, schemas.EXTENSION)
    return answer


def test_every_public_column_can_be_fetched():
    found = fetched(ROW, [each.id for each in FETCHED])["rows"]["GB-CHC-1"]
    assert found == {
        "name": [{"str": "Nowhere Carers"}],
        "kind": [{"str": "Charity"}],
        "is_voluntary": [{"str": "yes"}],
        "size_band": [{"str": "Small: £10,000 to under £100,000"}],
        "income": [{"float": 12000.5}],
        "income_year_ends_on": [{"date": "2031-03-31T00:00:00Z"}],
        "other_ids": [{"str": "GB-COH-1"}, {"str": "GB-COH-2"}],
        "on_register": [{"str": "no"}],
        "address": [{"str": "https://example.org/GB-CHC-1"}],
    }


def test_what_is_missing_is_empty_and_never_nought():
    wanted = ["income", "income_year_ends_on", "other_ids", "size_band"]
    assert fetched(EMPTY, wanted)["rows"]["GB-CHC-1"] == {name: [] for name in wanted}


def test_organisation_that_is_not_here_is_empty():
    assert fetched(ROW, ["name"], ids=("GB-CHC-1", "GB-CHC-9"))["rows"] == {"GB-CHC-1": {"name": [{"str": "Nowhere Carers"}]}, "GB-CHC-9": {"name": []}}


def test_what_only_helps_to_find_is_never_told():
    found = fetched(ROW, [each.id for each in ASKED_BY])
    assert found["rows"]["GB-CHC-1"] == {"postcode": [], "number": [], "body": [], "vendor": [], "purpose": []}
    assert [each["id"] for each in found["meta"]] == ["postcode", "number", "body", "vendor", "purpose"]


def test_property_that_is_not_known_is_refused():
    with pytest.raises(BadQuery, match=r"extend\.properties: found salary; expected some of name, kind"):
        fetched(ROW, ["name", "salary"])
