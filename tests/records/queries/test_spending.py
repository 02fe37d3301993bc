"""Money by size of its own year, by length, stage and recipient, against sums made by hand and a slow second way."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from opencompact.lake import Connection, Lake
from opencompact.records.queries import spending
from opencompact.registry import load_shapes

ORIGIN = {"source": "sample", "standing": "sample", "source_file": "f.csv"}
BODY, OLD, OTHER, FUNDER = "sample-ministry", "sample-old-ministry", "sample-agency", "360G-sample"
A, B, FIRM = "GB-CHC-1", "GB-CHC-2", "GB-COH-3"


def _organisation(org_id: str, *, is_voluntary: bool = True) -> dict[str, Any]:
    kind = "charity" if is_voluntary else "company"
    return {"organisation_id": org_id, "name": f"Sample {org_id}", "kind": kind, "is_voluntary": is_voluntary, "size_band": "large", "on_register": True,
            "standing": "sample"}  # fmt: skip


def _accounts(org_id: str, year: int, income: int, band: str) -> dict[str, Any]:
    return {**ORIGIN, "source_row": 1, "organisation_id": org_id, "from_on": date(year, 4, 1), "to_on": date(year + 1, 3, 31), "income": Decimal(income),
            "size_band": band}  # fmt: skip


PAID = [  # body, day, month, amount, organisation, stage
    (BODY, date(2030, 5, 1), None, 100, A, "exact"),
    (BODY, date(2031, 5, 1), None, 300, A, "identifier"),
    (BODY, date(2032, 5, 1), None, 50, A, "probable"),
    (BODY, None, "2031-06", 200, B, "reviewed"),
    (BODY, date(2031, 7, 1), None, -20, FIRM, "identifier"),
    (BODY, date(2031, 8, 1), None, 500, None, "none"),
    (OLD, date(2030, 6, 1), None, 40, B, "exact"),
    (OTHER, date(2031, 6, 1), None, 10, B, "reviewed"),
    (OTHER, None, None, 7, B, "exact"),
]


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with _lake(tmp_path_factory.mktemp("lake")) as found:
        yield found


def _lake(folder: Path, *, without: tuple[str, ...] = ()) -> Connection:
    def body(slug: str, kind: str, history: str = "") -> dict[str, Any]:
        return {"body": slug, "name": slug.title(), "kind": kind, "history": history or slug, "standing": "sample"}

    grant = {**ORIGIN, "body": BODY, "has_identifier": True, "link_stage": "exact", "organisation_id": A}
    notice = {**ORIGIN, "supplier_place": 1, "award_id": "1", "link_stage": "exact", "organisation_id": A, "body": BODY}
    tables: dict[str, list[dict[str, Any]]] = {
        "bodies": [body(BODY, "department"), body(OLD, "department", BODY), body(OTHER, "executive_agency"), body(FUNDER, "funder")],
        "organisations": [_organisation(A), _organisation(B), _organisation(FIRM, is_voluntary=False)],
        "organisation_accounts": [_accounts(A, 2030, 9_000, "micro"), _accounts(A, 2031, 2_000_000, "large"), _accounts(B, 2031, 50_000, "small")],
        "organisation_history": [{**ORIGIN, "source_row": 2, "organisation_id": A, "line": "area", "word": "scale", "told": "Local"}],
        "organisation_declarations": [
            {**ORIGIN, "source_row": 1, "organisation_id": FIRM, "declared": "vcse", "evidence": "notice-vcse", "rows": 2, "denied": 1},
            {**ORIGIN, "source_row": 1, "organisation_id": B, "declared": "sme", "evidence": "notice-sme", "rows": 1, "denied": 1},
        ],
        "payments": [
            {**ORIGIN, "source_row": place, "body": slug, "paid_on": on, "paid_in_month": month or (f"{on:%Y-%m}" if on else None), "amount": Decimal(amount),
             "organisation_id": org_id, "link_stage": stage} for place, (slug, on, month, amount, org_id, stage) in enumerate(PAID)
        ],
        "grants": [
            {**grant, "source_row": 1, "grant_id": "a", "awarded_on": date(2031, 5, 1), "amount": Decimal(100), "months": 12.4},
            {**grant, "source_row": 2, "grant_id": "b", "awarded_on": date(2031, 5, 1), "amount": Decimal(900), "months": 12.6},
            {**grant, "source_row": 3, "grant_id": "c", "awarded_on": date(2031, 5, 1), "amount": Decimal(5)},
            {**grant, "source_row": 4, "grant_id": "d", "awarded_on": date(2031, 5, 1), "amount": Decimal(10**6), "months": 36.0, "body": FUNDER},
        ],
        "contracts": [
            {**notice, "source_row": 1, "ocid": "1", "awarded_on": date(2031, 5, 1), "starts_on": date(2031, 4, 1), "ends_on": date(2032, 3, 31),
             "amount": Decimal(10)},
            {**notice, "source_row": 2, "ocid": "2", "awarded_on": date(2031, 5, 1), "starts_on": date(2031, 4, 1), "ends_on": date(2033, 3, 31),
             "amount": Decimal(20)},
            {**notice, "source_row": 3, "ocid": "3", "awarded_on": date(2031, 5, 1), "amount": None},
        ],
        "coverage": [
            {"body": BODY, "record": "payments", "month": month, "state": state, "rows": 1}
            for month, state in (("2031-03", "held"), ("2031-04", "not_held"), ("2031-05", "held"), ("2032-05", "held"))
        ],
    }  # fmt: skip
    lake = Lake(folder, load_shapes())
    with lake.change() as change:
        for table, rows in tables.items():
            if table not in without:
                change.put_rows(table, rows)
    return lake.connect()


def picked(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_band_is_that_of_the_year_of_the_payment_and_not_held_where_there_are_no_accounts(con: Connection) -> None:
    assert picked(spending.by_year_and_band(con, record="payments", bodies=[BODY]), "began", "size_band", "rows", "amount") == [
        (2030, "micro", 1, 100),
        (2031, "large", 1, 300),
        (2031, "small", 1, 200),
        (2032, "not_held", 1, 50),
    ]


def test_organisation_that_grew_stands_in_each_band_it_was_in(con: Connection) -> None:
    found = picked(spending.by_band(con, record="payments"), "size_band", "organisations", "amount", "median")
    assert found == [("large", 1, 300, 300), ("micro", 1, 100, 100), ("not_held", 2, 97, 40), ("small", 1, 210, 105)]


def test_bands_agree_with_a_slow_second_way(con: Connection) -> None:
    accounts = con.execute("SELECT organisation_id, from_on, to_on, size_band FROM organisation_accounts").fetchall()
    sums: dict[tuple[Any, str], Decimal] = defaultdict(Decimal)
    for _, on, month, amount, org_id, _ in PAID:
        if org_id in (A, B):
            day = on or (date.fromisoformat(f"{month}-01") if month else None)
            began = None if day is None else day.year - (day.month < 4)
            band = next((row[3] for row in accounts if row[0] == org_id and day and row[1] <= day <= row[2]), "not_held")
            sums[began, band] += amount
    assert {(row["began"], row["size_band"]): row["amount"] for row in spending.by_year_and_band(con, record="payments")} == sums


def test_length_counts_whole_months_and_a_year_is_not_several(con: Connection) -> None:
    assert picked(spending.by_length(con, record="grants"), "length", "rows", "amount") == [("several", 1, 900), ("one", 1, 100), ("not_held", 1, 5)]
    assert picked(spending.by_length(con, record="contracts"), "length", "rows", "amount") == [("several", 1, 20), ("one", 1, 10), ("not_held", 1, 0)]


def test_recipients_are_voluntary_and_told_where_they_work(con: Connection) -> None:
    assert picked(spending.recipients(con, record="payments", bodies=[BODY]), "organisation_id", "amount", "rows", "probable_rows", "works_in") == [
        (A, 450, 3, 1, "Local"),
        (B, 200, 1, 0, None),
    ]
    assert len(spending.recipients(con, record="payments", limit=1)) == 1


def test_concentration_states_its_population_and_leaves_out_nets_below_nought(con: Connection) -> None:
    assert picked(spending.concentration(con, record="payments", bodies=[BODY]), "among", "organisations", "amount", "top_ten", "hhi") == [
        ("voluntary", 2, 650, 650, pytest.approx((450**2 + 200**2) / 650**2)),
        ("identified", 2, 650, 650, pytest.approx((450**2 + 200**2) / 650**2)),
    ]


def test_bodies_are_compared_beside_their_months(con: Connection) -> None:
    found = picked(spending.compared(con, record="payments", began=2031), "body", "kind", "months", "between", "voluntary", "unidentified", "median")
    assert found == [(BODY, "department", 1, 2, 500, 500, 250), (OTHER, "executive_agency", 0, 0, 10, 0, 10)]
    assert picked(spending.compared(con, record="payments"), "body", "months", "between")[0] == (BODY, 3, 4)


def test_months_are_counted_by_financial_year(con: Connection) -> None:
    assert picked(spending.months_of(con, record="payments"), "began", "held", "missing") == [(2030, 1, 0), (2031, 1, 1), (2032, 1, 0)]
    assert spending.months_of(con, record="payments", bodies=[OTHER]) == []


def test_members_are_the_body_and_those_it_carries_on(con: Connection) -> None:
    assert (spending.members(con, body=BODY), spending.members(con, body=OLD), spending.members(con, body="nobody")) == ([BODY, OLD], [OLD], [])
    assert (spending.body_named(con, body=OLD) or {})["name"] == "Sample-Old-Ministry"
    assert spending.body_named(con, body="nobody") is None


def test_spent_tells_what_is_declared_only_where_more_notices_say_so_than_not(con: Connection) -> None:
    found = picked(spending.spent_by_year(con, record="payments", bodies=[BODY]), "began", "voluntary", "other", "unidentified", "likely", "declared", "sme")
    assert found == [(2030, 100, 0, 0, 0, None, None), (2031, 500, -20, 500, 0, -20, None), (2032, 50, 0, 0, 50, None, None)]


def test_money_of_a_charitable_funder_is_in_no_total(con: Connection) -> None:
    assert sum(row["amount"] for row in spending.by_band(con, record="grants")) == 1005
    assert picked(spending.by_band(con, record="grants", bodies=[FUNDER]), "amount") == [(10**6,)]


def test_sums_of_each_body_of_a_year(con: Connection) -> None:
    assert {body: row["voluntary"] for body, row in spending.spent_by_body(con, record="payments", began=2030).items()} == {BODY: 100, OLD: 40}


def test_release_made_before_there_were_yearly_accounts_says_not_held(tmp_path: Path) -> None:
    with _lake(tmp_path, without=("organisation_accounts", "organisation_history", "organisation_declarations")) as con:
        assert {row["size_band"] for row in spending.by_band(con, record="payments")} == {"not_held"}
        assert {row["works_in"] for row in spending.recipients(con, record="payments")} == {None}
        assert {row["declared"] for row in spending.spent_by_year(con, record="payments", bodies=[BODY])} == {None}
