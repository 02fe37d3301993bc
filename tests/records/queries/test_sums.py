"""Sums of money by stage, against rows made by hand, read of the table a release keeps and of its rows where it keeps none."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from opencompact.lake import Connection, Lake
from opencompact.records.actions.publishing import publish_sums
from opencompact.records.queries import MONEY, spending, sums
from opencompact.registry import load_shapes

ORIGIN = {"source": "sample", "standing": "sample", "source_file": "f.csv"}
BODY, OTHER, FUNDER = "sample-ministry", "sample-agency", "360G-sample"
CHARITY, FIRM = "GB-CHC-1", "GB-COH-3"
PAID = [  # body, day, amount, organisation, stage
    (BODY, date(2030, 5, 1), 100, CHARITY, "exact"),
    (BODY, date(2031, 5, 1), 300, CHARITY, "identifier"),
    (BODY, date(2031, 6, 1), 50, CHARITY, "probable"),
    (BODY, date(2031, 7, 1), -20, FIRM, "identifier"),
    (BODY, date(2031, 8, 1), 70, None, "review"),
    (BODY, date(2031, 9, 1), 500, None, "none"),
    (BODY, date(2031, 9, 2), 40, None, "reviewed"),
    (OTHER, None, 7, CHARITY, "reviewed"),
    (FUNDER, date(2031, 9, 2), 9000, CHARITY, "exact"),
]


def _lake(folder: Path, *, kept: bool) -> Connection:
    def body(slug: str, kind: str) -> dict[str, Any]:
        return {"body": slug, "name": slug.title(), "kind": kind, "history": slug, "standing": "sample"}

    def organisation(org_id: str, *, is_voluntary: bool) -> dict[str, Any]:
        return {"organisation_id": org_id, "name": org_id, "kind": "other", "is_voluntary": is_voluntary, "size_band": "large", "on_register": True,
                "standing": "sample"}  # fmt: skip

    tables: dict[str, list[dict[str, Any]]] = {
        "bodies": [body(BODY, "department"), body(OTHER, "executive_agency"), body(FUNDER, "funder")],
        "organisations": [organisation(CHARITY, is_voluntary=True), organisation(FIRM, is_voluntary=False)],
        "payments": [
            {**ORIGIN, "source_row": place, "body": slug, "paid_on": on, "amount": Decimal(amount), "organisation_id": org_id, "link_stage": stage}
            for place, (slug, on, amount, org_id, stage) in enumerate(PAID)
        ],
        "grants": [],
        "contracts": [
            {**ORIGIN, "source_row": 1, "body": BODY, "ocid": "1", "award_id": "1", "supplier_place": 1, "link_stage": "exact", "organisation_id": CHARITY,
             "amount": None}
        ],
    }  # fmt: skip
    lake = Lake(folder, load_shapes())
    with lake.change() as change:
        for table, rows in tables.items():
            change.put_rows(table, rows)
        if kept:
            publish_sums(change)
    return lake.connect()


@pytest.fixture(params=[True, False], ids=["kept", "made of rows"])
def con(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Connection]:
    with _lake(tmp_path, kept=request.param) as found:
        yield found


def picked(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_money_stands_on_each_stage_the_surest_first_and_what_a_funder_gives_is_in_no_total(con: Connection) -> None:
    assert picked(sums.standing_on(con, record="payments"), "stage", "rows", "amount", "size", "voluntary") == [
        ("identifier", 2, 280, 320, 300),
        ("exact", 1, 100, 100, 100),
        ("reviewed", 1, 7, 7, 7),
        ("settled", 1, 40, 40, 0),
        ("probable", 1, 50, 50, 50),
        ("review", 1, 70, 70, 0),
        ("none", 1, 500, 500, 0),
    ]
    assert sum(row["share"] for row in sums.standing_on(con, record="payments", bodies=[BODY])) == pytest.approx(1)


def test_stages_of_a_stretch_of_days_are_made_of_its_rows(con: Connection) -> None:
    found = sums.standing_on(con, record="payments", bodies=[BODY], span=(date(2031, 5, 1), date(2031, 7, 31)))
    assert picked(found, "stage", "amount") == [("identifier", 280), ("probable", 50)]


def test_years_tell_likely_links_and_what_waits_apart(con: Connection) -> None:
    names = ("began", "rows", "voluntary", "other", "unidentified", "total", "probable", "likely", "review", "identified_rows", "voluntary_rows")
    assert picked(sums.money_by_year(con, record="payments"), *names) == [
        (2030, 1, 100, 0, 0, 100, 0, 0, 0, 1, 1),
        (2031, 6, 350, -20, 610, 940, 50, 50, 70, 3, 2),
        (None, 1, 7, 0, 0, 7, 0, 0, 0, 1, 1),
    ]


def test_years_held_are_of_bodies_of_the_kinds_asked_for(con: Connection) -> None:
    assert sums.years_held(con, record="payments", kinds=["department"]) == [2030, 2031]
    assert sums.years_held(con, record="payments", kinds=["executive_agency"]) == []


def test_bodies_of_which_no_amount_is_held_have_no_sum_and_no_nought(con: Connection) -> None:
    found = {(row["record"], row["body"]): row for row in sums.money_bodies(con)}
    assert (found["contracts", BODY]["total"], found["payments", BODY]["total"], found["payments", FUNDER]["is_public"]) == (None, 1040, False)


def test_bands_held_are_those_asked_anew(con: Connection) -> None:
    assert spending.bands_held(con) == {record: spending.by_band(con, record=record) for record in MONEY}


def test_could_be_runs_from_without_likely_links_to_with_all_that_is_not_identified(con: Connection) -> None:
    found = sums.could_be(sums.standing_on(con, record="payments"))
    assert (found.least, found.counted, found.reviewed, found.most, found.total) == (407, 457, 527, 1027, 1047)
    assert picked(found.steps, "bound", "share")[0] == ("least", pytest.approx(407 / 1047))


def test_credits_widen_nothing_and_leave_no_share() -> None:
    found = sums.could_be([{"stage": "none", "voluntary": Decimal(0), "amount": Decimal(-5)}])
    assert [(step["amount"], step["share"]) for step in found.steps] == [(0, None)] * 4


def test_range_of_a_row_takes_a_likely_link_for_not_known() -> None:
    row = {"voluntary": Decimal(40), "likely": Decimal(10), "other": Decimal(30), "unidentified": Decimal(30)}
    found = sums.range_of(row)
    assert found is not None
    assert (found.least, found.most) == (0.3, 0.7)
