"""Pages of one kind of money: every one warns of the threshold, shows its range and coverage, and has a file beside each table."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client
from tests.web.invented import build

from opencompact.web.records.spending import FILES

BODY = "department-for-examples"
WARNING = "Small charities are undercounted here."


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")))


def table(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))


@pytest.mark.parametrize("record", ["payments", "grants", "contracts"])
@pytest.mark.parametrize("tail", ["", f"{BODY}/", "compare/"])
def test_every_page_of_money_says_that_small_charities_are_undercounted(site: Client, record: str, tail: str) -> None:
    assert WARNING in text(site.get(f"/spend/{record}/{tail}"))


@pytest.mark.parametrize("address", ["/spend/", "/contracts/processes/", f"/bodies/{BODY}/", "/organisations/GB-CHC-9900000/"])
def test_so_do_the_other_pages_with_money(site: Client, address: str) -> None:
    assert WARNING in text(site.get(address))


def test_share_stands_with_the_most_it_could_be(site: Client) -> None:
    page = text(site.get("/spend/payments/"))
    assert re.search(r"at least \d+ % without links that are only likely, and at most \d+ % if every unidentified payee were one", page)


def test_sizes_are_of_the_year_paid_and_the_last_year_has_none(site: Client) -> None:
    rows = table(site.get(f"/spend/payments/{BODY}/?format=csv&table=sizes"))
    assert {row["size_band"] for row in rows if row["began"] == "2029"} == {"medium", "large", "not_held"}
    assert {row["size_band"] for row in rows if row["began"] == "2031"} == {"not_held"}
    assert "size of none is held" in text(site.get(f"/spend/payments/{BODY}/"))


def test_payments_say_nothing_of_length_and_grants_do(site: Client) -> None:
    assert "Payments do not say for how long they are." in text(site.get("/spend/payments/"))
    assert re.search(r"\d+ of \d+ grants whose length is known run over a year", text(site.get("/spend/grants/")))


def test_grants_and_contracts_stand_apart_and_what_is_not_held_says_so(site: Client) -> None:
    page = text(site.get("/spend/grants/ministry-of-samples/"))
    assert "no contracts held" in page
    assert "nothing here is added up" in page


def test_concentration_names_its_population(site: Client) -> None:
    rows = {row["among"]: row for row in table(site.get("/spend/payments/?format=csv&table=concentration"))}
    assert set(rows) == {"voluntary", "identified"}
    assert int(rows["identified"]["organisations"]) == int(rows["voluntary"]["organisations"]) + 1
    assert 0 < float(rows["identified"]["hhi"]) <= 1


@pytest.mark.parametrize("name", FILES)
def test_each_table_has_its_file(site: Client, name: str) -> None:
    record = "grants" if name == "lengths" else "payments"
    response = site.get(f"/spend/{record}/?format=csv&table={name}")
    assert response.headers["Content-Disposition"] == f'attachment; filename="INVENTED-SAMPLE-opencompact-draft-{record}-{name}.csv"'
    assert table(response)


def test_body_counts_its_predecessors_with_it(site: Client) -> None:
    assert "its predecessors’ record is counted with it" in text(site.get(f"/spend/payments/{BODY}/"))


def test_body_that_is_none_has_no_page(site: Client) -> None:
    assert (site.get("/spend/payments/nobody/").status_code, site.get("/spend/loans/").status_code) == (404, 404)


def test_bodies_are_compared_within_their_kind_beside_their_months(site: Client) -> None:
    page = text(site.get("/spend/payments/compare/?year=2029"))
    assert re.search(r"Department for Examples 12 of 12 \d+ % \d+ % to \d+ %", page)
    assert "2 bodies have payments held for 2029/30" in page
    rows = table(site.get("/spend/payments/compare/?format=csv"))
    assert [row["kind"] for row in rows] == sorted(row["kind"] for row in rows)
    assert {row["body"]: row["months"] for row in rows}[BODY] == "47"


def test_pages_without_rows_say_what_would_fill_them(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path, years=range(2028, 2028))
    page, compared = text(Client().get("/spend/payments/")), text(Client().get("/spend/payments/compare/"))
    assert "given to the build fills this page" in page
    assert "given to the build fills this page" in compared
    assert "nothing is held" in b"".join(Client().get("/spend/payments/?format=csv&table=years").streaming_content).decode()
