"""What pages ask of who-is-who, on the small invented lake."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from tests.lakes import BOATS, CARERS, TOWN, UNITY, small_lake

from opencompact.lake import Connection
from opencompact.organisations import queries


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with small_lake(tmp_path).connect() as made:
        yield made


def test_organisation_is_its_row(con: Connection) -> None:
    found = queries.organisation(con, organisation_id=CARERS)
    assert found is not None
    assert (found["name"], found["income"]) == ("Café Carers of Nowhere", Decimal("8000.00"))


def test_organisation_unknown_is_none(con: Connection) -> None:
    assert queries.organisation(con, organisation_id="GB-CHC-sample-404") is None


def test_received_is_by_record_payer_and_year(con: Connection) -> None:
    given = {"body": UNITY, "name": "Department for Unity", "year": 2031, "rows": 1}
    assert queries.received(con, organisation_id=CARERS) == [
        {**given, "record": "grants", "amount": Decimal("12000.00")},
        {**given, "record": "payments", "amount": Decimal("26000.50")},
    ]


def test_most_received_is_of_one_record_and_body(con: Connection) -> None:
    boats = {"organisation_id": BOATS, "name": "Nowhere Boats Ltd", "kind": "company", "is_voluntary": False, "rows": 1, "amount": Decimal("90000.00")}
    assert queries.most_received(con, record="contracts", body=TOWN, limit=5) == [boats]
    assert queries.most_received(con, record="grants", body=TOWN, limit=5) == []
