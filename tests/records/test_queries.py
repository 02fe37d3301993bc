from datetime import date
from decimal import Decimal

import pytest
from tests.web.invented import tables

from opencompact.lake import Lake
from opencompact.records import queries
from opencompact.records.queries import Wanted, sums
from opencompact.registry import load_shapes

BODY = "department-for-examples"
FILE = "spend/borough-of-nowhere-2028.csv"


@pytest.fixture(scope="module")
def made():
    return tables()


@pytest.fixture(scope="module")
def con(tmp_path_factory, made):
    lake = Lake(tmp_path_factory.mktemp("lake"), load_shapes())
    with lake.change() as change:
        for table, rows in made.items():
            change.put_rows(table, rows)
    with lake.connect() as reader:
        yield reader


def _held(made, **given) -> set[str]:
    return {row["consultation_id"] for row in made["consultations"] if all(row[name] == value for name, value in given.items())}


def test_consultations_body_and_kind_together(con, made) -> None:
    wanted = Wanted(bodies=(BODY,), kind="call_for_evidence")
    found = {row["consultation_id"] for row in queries.consultations(con, wanted=wanted, limit=1000)}
    assert found == _held(made, body=BODY, kind="call_for_evidence")


def test_consultations_span_has_both_ends_inside(con, made) -> None:
    days = sorted(row["opened_on"] for row in made["consultations"])
    counts = queries.count_consultations(con, wanted=Wanted(span=(days[3], days[5])))
    assert counts["held"] == sum(days[3] <= day <= days[5] for day in days)


def test_count_consultations_adds_up(con, made) -> None:
    lengths = [row["days_open"] for row in made["consultations"]]
    known = [days for days in lengths if days is not None]
    calls = sum(row["kind"] == "call_for_evidence" for row in made["consultations"])
    assert queries.count_consultations(con, wanted=Wanted()) == {
        "held": len(lengths),
        "known": len(known),
        "short": sum(days < 84 for days in known),
        "calls": calls,
    }


def test_consultations_by_weeks_are_whole_weeks(con, made) -> None:
    weeks = queries.consultations_by_weeks(con, wanted=Wanted())
    assert sum(weeks.values()) == sum(row["days_open"] is not None for row in made["consultations"])
    assert weeks[11] == sum(row["days_open"] is not None and 77 <= row["days_open"] <= 83 for row in made["consultations"])


def test_consultation_unknown_is_none(con) -> None:
    assert queries.consultation(con, "nobody/nothing") is None


def test_money_by_year_parts_add_up_to_the_total(con, made) -> None:
    rows = sums.money_by_year(con, record="payments")
    assert all(row["voluntary"] + row["other"] + row["unidentified"] == row["total"] for row in rows)
    assert sum(row["total"] for row in rows) == sum((row["amount"] for row in made["payments"]), Decimal(0))


def test_money_by_year_of_one_body_leaves_out_the_others(con, made) -> None:
    rows = sums.money_by_year(con, record="payments", bodies=[BODY])
    assert sum(row["rows"] for row in rows) == sum(row["body"] == BODY for row in made["payments"])


def test_money_begins_its_year_in_april(con, made) -> None:
    span = (date(2028, 4, 1), date(2029, 3, 31))
    counted = queries.count_money(con, record="payments", span=span)
    by_year = {row["began"]: row["rows"] for row in sums.money_by_year(con, record="payments")}
    assert counted["rows"] == by_year[2028] == sum(span[0] <= row["paid_on"] <= span[1] for row in made["payments"])


def test_largest_come_first(con) -> None:
    amounts = [row["amount"] for row in queries.largest(con, record="grants", limit=10)]
    assert (amounts, len(amounts)) == (sorted(amounts, reverse=True), 10)


@pytest.mark.parametrize("ask", [queries.public_only, queries._table])
def test_record_from_an_address_never_reaches_a_query(ask) -> None:
    with pytest.raises(KeyError):
        ask("payments; DROP TABLE payments")


def _funders(tmp_path, **given):
    rows = tables()
    next(row for row in rows["bodies"] if row["body"] == "ministry-of-samples").update(given)
    lake = Lake(tmp_path, load_shapes())
    with lake.change() as change:
        for table, held in rows.items():
            change.put_rows(table, held)
    return lake.connect()


@pytest.mark.parametrize(("kind", "identifier", "years"), [("funder", "GB-CHC-1", 0), ("other", None, 0), ("other", "GB-GOR-OT1", 4), ("department", None, 4)])
def test_grants_not_shown_to_be_public_are_in_no_total(tmp_path, kind: str, identifier: str | None, years: int) -> None:
    with _funders(tmp_path, kind=kind, organisation_id=identifier) as con:
        giver = next(row for row in sums.money_bodies(con) if row["record"] == "grants")
        assert (len(sums.money_by_year(con, record="grants")) >= years, giver["is_public"]) == (True, years > 0)


def test_coverage_of_is_held_where_any_has_it(con) -> None:
    both = {(row["record"], row["month"]): row["state"] for row in queries.coverage_of(con, bodies=[BODY, "borough-of-nowhere"])}
    alone = {(row["record"], row["month"]): row["state"] for row in queries.coverage_of(con, bodies=[BODY])}
    assert (both["payments", "2028-05"], alone["payments", "2028-05"]) == ("held", "not_held")


def test_coverage_by_record_counts_months(con) -> None:
    found = {row["record"]: row for row in queries.coverage_by_record(con)}
    assert (found["payments"]["held"], found["payments"]["missing"], found["payments"]["bodies"]) == (95, 1, 2)


def test_files_read_come_first_with_their_problems(con) -> None:
    files = queries.files(con)
    assert [row["state"] for row in files] == sorted((row["state"] for row in files), key=lambda state: (state != "read", state))
    assert {row["source_file"]: row["problems"] for row in files}[FILE] == 3


def test_problems_of_one_file_and_one_row(con) -> None:
    assert [row["kind"] for row in queries.problems(con, source_file=FILE)] == ["encoding", "no_such_date", "not_an_amount"]
    assert [row["kind"] for row in queries.problems_of_row(con, source_file=FILE, source_row=4)] == ["no_such_date"]
    assert queries.problems_by_file(con) == [{"source_file": FILE, "problems": 3, "refused": 1}]


def test_row_of_finds_every_table(con) -> None:
    assert [row["table"] for row in queries.row_of(con, source_file="grants/ministry.xlsx", source_row=2)] == ["grants"]
    assert queries.row_of(con, source_file="grants/ministry.xlsx", source_row=99999) == []


def test_stream_gives_the_header_first(con) -> None:
    rows = list(queries.stream(con, "SELECT range AS number FROM range(2500)"))
    assert (rows[0], len(rows), rows[-1]) == (("number",), 2501, (2499,))
