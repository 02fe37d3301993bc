import csv
import io
import json
from urllib.parse import quote

import duckdb
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.api.conftest import FROZEN

from opencompact.api import reading, routes


def text_of(answer) -> str:
    return b"".join(answer.streaming_content).decode()


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(answer))))


def test_a_list_says_from_which_release_it_is(ask):
    answer = ask("bodies?limit=1")
    assert answer["release"] == {
        "number": "draft",
        "state": "draft",
        "standing": "sample",
        "as_of": "2032-03-04T09:00:00Z",
        "stamp": "computed, not yet put to the body",
        "checksum": reading.open_release(None).checksum,
    }
    assert (answer["count"], [row["body"] for row in answer["items"]]) == (None, ["borough-of-nowhere"])


def test_pages_hold_every_row_once_in_the_order_of_the_release(ask, workspace):
    address, found = "payments?limit=37", []
    while address:
        page = ask(address)
        found += [(row["source_file"], row["source_row"]) for row in page["items"]]
        address = page["next"]
    table = workspace / "releases/draft/tables/payments.parquet"
    assert found == duckdb.connect().execute(f"SELECT source_file, source_row FROM '{table}'").fetchall()


def test_pages_keep_their_filters(ask):
    first = ask("consultations?verdict=met&rule_set=compact-2010&limit=3")
    second = ask(first["next"])
    assert len(first["items"]) == len(second["items"]) == 3
    assert "verdict=met" in first["next"]
    assert {row["consultation_id"] for row in first["items"]}.isdisjoint(row["consultation_id"] for row in second["items"])


def test_a_cursor_of_other_filters_is_refused(ask):
    cursor = ask("payments?limit=1")["next"].partition("cursor=")[2]
    problem = ask(f"payments?body=borough-of-nowhere&cursor={cursor}", status=400)
    assert problem["errors"] == [
        {"field": "cursor", "found": "the cursor of another list, or of other filters", "expected": "the address in `next`, unchanged"}
    ]


def test_rows_are_counted_only_when_asked(ask):
    assert (ask("bodies?count=true")["count"], ask("bodies?count=false")["count"], ask("bodies?kind=council&count=true")["count"]) == (8, None, 1)


@pytest.mark.parametrize(
    ("address", "sql"),
    [
        (
            "payments?body=borough-of-nowhere&paid_since=2030-02-01&paid_until=2030-03-31",
            "payments WHERE body = 'borough-of-nowhere' AND paid_on BETWEEN '2030-02-01' AND '2030-03-31'",
        ),
        ("payments?organisation_id=GB-COH-09900001&amount_least=50000.00", "payments WHERE organisation_id = 'GB-COH-09900001' AND amount >= 50000"),
        ("payments?amount_most=-0.01", "payments WHERE amount < 0"),
        ("grants?has_identifier=true&link_stage=none", "grants WHERE has_identifier AND link_stage = 'none'"),
        ("organisations?name=FRIENDS+OF", "organisations WHERE name ILIKE 'friends of%'"),
        ("organisations?name=%25", "organisations WHERE false"),
        ("consultations?opened_since=2030-01-01", "consultations WHERE opened_on >= '2030-01-01'"),
        (
            "consultations?verdict=unexplained",
            "consultations WHERE consultation_id IN (SELECT consultation_id FROM consultation_verdicts WHERE verdict = 'unexplained')",
        ),
        (
            "consultations?verdict=met&rule_set=compact-2010",
            "consultations WHERE consultation_id IN (SELECT consultation_id FROM consultation_verdicts WHERE verdict = 'met' AND rule_set = 'compact-2010')",
        ),
        ("measures?indicator=consultations-under-12-weeks&period=2030", "measures WHERE indicator = 'consultations-under-12-weeks' AND period = '2030'"),
        ("contracts?source_row=1", "contracts WHERE source_row = 1"),
        ("bodies?body=%27+OR+1%3D1+--", "bodies WHERE false"),
        ("bodies?body=%00", "bodies WHERE false"),
    ],
)
def test_filters_find_what_sql_finds(ask, workspace, address, sql):
    con = duckdb.connect()
    for path in (workspace / "releases/draft/tables").glob("*.parquet"):
        con.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
    assert ask(f"{address}&limit=1&count=true")["count"] == con.execute(f"SELECT count(*) FROM {sql}").fetchall()[0][0]


def test_money_is_text_days_are_iso_and_missing_is_null(ask):
    row = ask("contracts?limit=1")["items"][0]
    assert (row["amount"][-3:], len(row["awarded_on"]), row["tender_closes_on"]) == (".00", 10, None)


def test_csv_is_the_table_of_the_release(api, workspace):
    answer = api.get("/api/v1/consultations?format=csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="INVENTED-SAMPLE-opencompact-draft-consultations.csv"'
    with (workspace / "releases/draft/tables/consultations.csv").open(newline="") as file:
        assert rows_of(answer) == list(csv.DictReader(file))


def test_csv_of_more_rows_than_one_batch_keeps_their_order(api, monkeypatch, workspace):
    monkeypatch.setattr(reading, "BATCH", 7)
    with (workspace / "releases/draft/tables/measures.csv").open(newline="") as file:
        assert [row["period"] for row in rows_of(api.get("/api/v1/measures?format=csv"))] == [row["period"] for row in csv.DictReader(file)]


def test_csv_by_accept_takes_limits_and_filters(api):
    answer = api.get("/api/v1/consultations?verdict=met&limit=2", headers={"Accept": "text/csv"})
    assert (answer.headers["Content-Type"], len(rows_of(answer))) == ("text/csv; charset=utf-8", 2)


def test_csv_goes_on_after_a_cursor(api, ask):
    first = ask("bodies?limit=3")
    rest = rows_of(api.get(f"{first['next'].replace('limit=3&', '')}&format=csv"))
    assert [row["body"] for row in first["items"]] + [row["body"] for row in rest] == [row["body"] for row in ask("bodies")["items"]]


def test_format_wins_over_accept(api):
    assert api.get("/api/v1/bodies?format=json", headers={"Accept": "text/csv"}).headers["Content-Type"] == "application/json"


def test_a_browser_gets_json(api):
    assert api.get("/api/v1/bodies", headers={"Accept": "text/html,*/*;q=0.8"}).headers["Content-Type"] == "application/json"


def test_every_table_answers(ask):
    for each in routes.RESOURCES.values():
        items = ask(f"{each.slug}?limit=2")["items"]
        assert all(set(row) == {column.name for column in each.columns} for row in items)


def test_one_thing_by_its_name_slashes_and_all(ask):
    listed = ask("consultations?limit=1")["items"][0]
    assert ask(f"consultations/{listed['consultation_id']}")["item"] == listed


def test_what_is_not_there_says_so(ask):
    assert ask("bodies/no-such", status=404) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "Release draft has no body 'no-such' in bodies.",
    }


def test_a_row_opens_to_its_file_and_checksum(ask):
    row = ask("payments?limit=1")["items"][0]
    answer = ask(f"rows/payments/{quote(row['source_file'])}/{row['source_row']}")
    assert (answer["table"], answer["source_row"], answer["items"]) == ("payments", row["source_row"], [row])
    assert answer["file"] == ask(f"sources/{row['source_file']}")["item"]


def test_a_row_that_was_refused_opens_to_its_problem(ask):
    problem = next(row for row in ask("problems?consequence=row_refused")["items"] if row["source_row"])
    answer = ask(f"rows/payments/{problem['source_file']}/{problem['source_row']}")
    assert (answer["items"], problem in answer["problems"]) == ([], True)


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("rows/payments/spend/department-for-examples-2028.csv/0", "Row: found '0'; expected a whole number from 1, as a spreadsheet numbers rows."),
        (
            "rows/payments/spend/department-for-examples-2028.csv/999",
            "Release draft has nothing in payments from row 999 of spend/department-for-examples-2028.csv",
        ),
        ("rows/payments/no-such.csv/2", "Release draft has no source_file 'no-such.csv' in sources."),
        ("rows/bodies/no-such.csv/2", "Table: found 'bodies'; expected one whose rows were read from files: "),
        ("rows/payment_lines/no-such.csv/2", "Table: found 'payment_lines'; expected one whose rows were read from files: "),
        ("payment_lines", "There is nothing at /api/v1/payment_lines."),
        ("payment-lines", "There is nothing at /api/v1/payment-lines."),
        ("links", "There is nothing at /api/v1/links."),
    ],
)
def test_rows_and_tables_that_are_not_there_are_not_found(ask, address, detail):
    assert ask(address, status=404)["detail"].startswith(detail)


def test_a_file_of_any_name_has_its_rows(own_workspace):
    name = "Ausgaben März/100 % “spend” ?#.csv"
    table = own_workspace / "releases" / FROZEN / "tables"
    con = duckdb.connect()
    for each in ("payments", "sources"):
        renamed = "replace(source_file, 'spend/borough-of-nowhere-2028.csv', ?) AS source_file"
        con.execute(f"CREATE TABLE {each} AS SELECT * REPLACE ({renamed}) FROM '{table / each}.parquet'", [name])
        con.execute(f"COPY {each} TO '{table / each}.parquet' (FORMAT parquet)")
    row = con.execute("SELECT min(source_row) FROM payments WHERE source_file = ?", [name]).fetchall()[0][0]
    answer = Client().get(f"/api/v1/rows/payments/{quote(name)}/{row}")
    assert (answer.status_code, [row["source_file"] for row in json.loads(answer.content)["items"]]) == (200, [name])


def test_releases_are_listed_and_named(own_workspace):
    listed = json.loads(Client().get("/api/v1/releases").content)["items"]
    assert [(each["number"], each["state"], each["standing"]) for each in listed] == [(FROZEN, "frozen", "sample"), ("draft", "draft", "sample")]
    assert json.loads(Client().get(f"/api/v1/releases/{FROZEN}").content) == listed[0]
    assert json.loads(Client().get("/api/v1/releases/draft").content) == listed[1]


def number_of(query: str) -> str:
    return json.loads(Client().get(f"/api/v1/bodies?{query}").content)["release"]["number"]


def test_without_a_release_the_latest_frozen_one_answers(own_workspace, settings):
    assert (number_of(""), number_of("release=draft"), number_of(f"release={FROZEN}")) == (FROZEN, "draft", FROZEN)
    settings.OPENCOMPACT_RELEASE = "draft"
    assert number_of("") == "draft"


def test_the_next_page_names_its_release(own_workspace):
    page = json.loads(Client().get("/api/v1/bodies?limit=1").content)
    assert f"release={FROZEN}" in page["next"]


def test_an_unknown_release_is_not_found(ask):
    assert ask("bodies?release=2031-01", status=404)["detail"] == "There is no release 2031-01; there are: draft."
    assert ask("releases/last", status=404)["detail"] == "There is no release last; there are: draft."


def test_without_any_release_it_says_what_to_do(settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    answer = Client().get("/api/v1/bodies")
    assert (answer.status_code, json.loads(answer.content)["detail"]) == (
        503,
        "No release is held here yet. Whoever runs this site makes one with `opencompact build`.",
    )
    assert json.loads(Client().get("/api/v1/releases").content) == {"items": []}


def test_parameters_of_a_thing_are_checked_too(ask):
    assert ask("releases?limit=1", status=400)["errors"][0]["field"] == "limit"
    assert ask("bodies/borough-of-nowhere?limit=1", status=400)["errors"][0]["field"] == "limit"


def test_an_organisation_has_its_money(ask):
    answer = ask("organisations/GB-CHC-9900001")
    assert (answer["item"]["name"], {row["record"] for row in answer["money"]}) == ("The Ford Trust", {"payments", "grants"})


def test_an_organisations_money_as_csv(api, ask):
    assert [row["amount"] for row in rows_of(api.get("/api/v1/organisations/GB-CHC-9900001?format=csv"))] == [
        row["amount"] for row in ask("organisations/GB-CHC-9900001")["money"]
    ]


def test_an_unknown_organisation_is_not_found(ask):
    assert ask("organisations/GB-CHC-1", status=404)["detail"] == "Release draft has no organisation_id 'GB-CHC-1' in organisations."


@pytest.mark.usefixtures("api")
@given(st.text(min_size=1, max_size=30))
def test_no_name_of_a_thing_fails(name):
    assert Client().get(f"/api/v1/bodies/{quote(name, safe='')}").status_code in (200, 404)
