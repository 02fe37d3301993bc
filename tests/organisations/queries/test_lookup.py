"""What pages ask of who-is-who, on the small invented lake."""

from collections.abc import Iterator
from datetime import date
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


BANDS = ({"band": "micro", "from": 0, "below": 10_000},)


def test_as_of_is_who_it_was_that_day(con: Connection) -> None:
    then = queries.as_of(con, CARERS, on=date(2014, 3, 31), bands=BANDS)
    assert ([line["told"] for line in then["names"]], then["status"], then["accounts"], then["band"]) == (["Tea Carers"], "registered", None, "not_held")
    assert [line["told"] for line in then["undated_names"]] == ["The Carers"]
    assert [line["other_id"] for line in (*then["parents"], *then["twins"])] == ["GB-CHC-sample-8", "GB-COH-sample-9"]


def test_as_of_has_the_accounts_of_the_year_with_their_band(con: Connection) -> None:
    then = queries.as_of(con, CARERS, on=date(2030, 12, 31), bands=BANDS)
    assert (then["accounts"]["income"], then["band"], then["names"][0]["told"]) == (Decimal(8000), "micro", "Café Carers of Nowhere")


def test_as_of_follows_what_it_became_and_a_circle_ends(con: Connection) -> None:
    steps = queries.as_of(con, CARERS, on=date(2014, 3, 31), bands=BANDS)["successors"]
    assert [(step["told"], step["other_id"]) for step in steps] == [("Sample Trust", "GB-CHC-sample-7"), ("Sample Housing", None)]


def test_as_of_nobody_known_is_not_held(con: Connection) -> None:
    then = queries.as_of(con, "GB-CHC-sample-404", on=date(2014, 3, 31), bands=BANDS)
    assert (then["is_held"], then["names"], then["status"], then["successors"]) == (False, [], "not_held", [])


def test_history_is_read_from_any_select_of_its_lines(con: Connection) -> None:
    lines = "SELECT * FROM organisation_history WHERE line = 'name'"
    assert [line["told"] for line in queries.history_of(con, organisation_id=CARERS, lines=lines)] == ["Tea Carers", "Café Carers of Nowhere", "The Carers"]
