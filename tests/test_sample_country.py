"""The whole pipeline held to the sample country's planted truth, exactly: made, built by the command, and read by an independent hand."""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from opencompact.cli import run
from opencompact.lake import Lake
from opencompact.registry import load_shapes

AT = "2034-07-01T09:00:00Z"
PLACE = ("source_file", "source_row", "award_id", "supplier_place")


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "country"
    assert run(["sample", "--scale", "1", "--seed", "11", "--out", str(folder)]) == (0, "")
    assert run(["build", "--workspace", str(folder.parent / "work"), "--input", str(folder), "--at", AT]) == (0, "")
    return folder


@pytest.fixture(scope="module")
def truth(country):
    return json.loads((country / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def con(country):
    return Lake(country.parent / "work" / "lake", load_shapes()).connect()


@pytest.mark.parametrize("table", ["payments", "grants", "contracts"])
def test_money_equals_the_truth_row_for_row_and_penny_for_penny(con, truth, table):
    found = con.execute(f"SELECT body, count(*), sum(amount) FROM {table} GROUP BY body").fetchall()
    expected = {body: (sums["rows"], Decimal(sums["total"])) for body, sums in truth[table]["by_body"].items()}
    assert {body: (rows, total) for body, rows, total in found} == expected
    assert sum(rows for rows, _ in expected.values()) == truth[table]["rows"]


def links(con, country, table):
    """Of each row its place, what is found (organisation and stage), and what is planted. What waits for a person is as unidentified as the rest."""
    places = {"contracts": "award_id, supplier_place"}.get(table, "NULL, NULL")
    found = con.execute(f"SELECT source_file, source_row, {places}, organisation_id, link_stage FROM {table}").fetchall()
    with (country / "truth-links.jsonl").open(encoding="utf-8") as lines:
        planted = {tuple(link.get(key) for key in PLACE): link for link in map(json.loads, lines) if link["table"] == table}
    assert {row[:4] for row in found} == set(planted)
    assert len(found) == len(planted)
    unidentified = {(None, "review"): (None, "none")}
    return [(row[:4], unidentified.get(row[4:], row[4:]), (planted[row[:4]]["organisation_id"], planted[row[:4]]["stage"])) for row in found]


@pytest.mark.parametrize("table", ["payments", "grants", "contracts"])
def test_every_link_by_number_or_exact_name_equals_the_truth_and_no_look_alike_is_linked(con, country, table):
    assert [row for row in links(con, country, table) if row[2][1] != "probable" and row[1] != row[2]] == []


def test_likely_links_are_right_and_find_most_of_the_damaged_names(con, country):
    rows = [row for table in ("payments", "grants", "contracts") for row in links(con, country, table) if row[2][1] == "probable"]
    assert [row for row in rows if row[1] not in (row[2], (None, "none"))] == []
    assert sum(row[1] == row[2] for row in rows) / len(rows) >= 0.8
    assert len(rows) > 50


def test_damaged_names_not_linked_wait_for_a_person_with_who_they_are_among_the_candidates(con, country):
    waiting = {place[:2]: truth[0] for place, found, truth in links(con, country, "payments") if truth[1] == "probable" and found[0] is None}
    candidates = defaultdict(set)
    for file, row, organisation in con.execute(
        """SELECT l.source_file, l.source_row, m.organisation_id FROM payment_lines l JOIN link_candidates m ON m.published_name = trim(l.payee_name)
        JOIN links k ON k.published_name = m.published_name JOIN review_queue q USING (payee)"""
    ).fetchall():
        candidates[file, row].add(organisation)
    assert [place for place, organisation in waiting.items() if organisation not in candidates[place]] == []


def test_voluntary_total_of_payments_equals_the_truth_less_what_waits_for_a_person(con, country, truth):
    found, waits = defaultdict(lambda: defaultdict(Decimal)), {place[:2] for place, found, planted in links(con, country, "payments") if found[0] != planted[0]}
    for body, period, value in con.execute(
        "SELECT body, period, value FROM measures WHERE indicator = 'payments-to-voluntary' AND body <> 'all' AND length(period) = 4 AND value IS NOT NULL"
    ).fetchall():
        found[body][period] += Decimal(f"{value:.2f}")
    for body, file, row, year, amount in con.execute(
        "SELECT body, source_file, source_row, coalesce(year(paid_on), left(paid_in_month, 4)::INT)::VARCHAR, amount FROM payments"
    ).fetchall():
        if (file, row) in waits:
            found[body][year] += amount
    assert {body: {year: f"{value:.2f}" for year, value in years.items()} for body, years in found.items()} == truth["payments"]["voluntary_total"]


def test_consultations_equal_the_truth(con, truth):
    names = ("consultation_id", "body", "opened_on", "closed_on", "days_open", "responded_on", "explanation")
    found = con.execute(f"SELECT {', '.join(names)} FROM consultations ORDER BY 1").fetchall()
    planted = sorted(truth["consultations"], key=lambda item: item["consultation_id"])
    assert [tuple(None if value is None else str(value) for value in row) for row in found] == [
        tuple(None if item[name] is None else str(item[name]) for name in names) for item in planted
    ]


def test_sector_relevance_equals_the_truth(con, truth):
    found = dict(con.execute("SELECT consultation_id, sector_relevance = 'yes' FROM consultations").fetchall())
    assert found == {item["consultation_id"]: item["sector_relevant"] for item in truth["consultations"]}


def test_every_problem_planted_is_named_at_its_place(con, truth):
    found = {(file, row) for file, row in con.execute("SELECT source_file, source_row FROM problems").fetchall()}
    missed = [item for item in truth["problems"] if item["reported"] and (item["source_file"], item["source_row"]) not in found]
    assert missed == []


def test_missing_months_equal_the_truth(con, truth):
    found = con.execute("SELECT body, month FROM coverage WHERE record = 'payments' AND state = 'not_held' ORDER BY ALL").fetchall()
    assert found == sorted((item["body"], item["month"]) for item in truth["payments"]["missing_months"])


def test_copies_and_unused_files_equal_the_truth(con, truth):
    copies = con.execute("SELECT source_file, copy_of FROM sources WHERE state = 'copy' ORDER BY ALL").fetchall()
    assert copies == sorted((item["source_file"], item["copy_of"]) for item in truth["copies"])
    unused = {file for (file,) in con.execute("SELECT source_file FROM sources WHERE state = 'unused'").fetchall()}
    assert unused >= set(truth["unused"])


def test_no_name_of_a_person_leaves_the_lake(country, truth):
    assert truth["must_not_appear"]
    for path in sorted((country.parent / "work" / "releases").rglob("*")):
        if path.is_file() and path.suffix in (".csv", ".json", ".md", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert [name for name in truth["must_not_appear"] if name in text] == [], path


def test_everything_says_it_is_invented(con):
    tables = [shape.name for shape in load_shapes().values() if shape.visibility == "public" and "standing" in shape.column_names]
    standings = {table: con.execute(f"SELECT DISTINCT standing FROM {table} WHERE standing IS NOT NULL").fetchall() for table in tables}
    assert {table: rows for table, rows in standings.items() if rows and rows != [("sample",)]} == {}


def test_same_inputs_at_the_same_instant_give_the_same_bytes(country, tmp_path):
    assert run(["build", "--workspace", str(tmp_path), "--input", str(country), "--at", AT])[0] == 0
    first, second = (Path(work) / "releases" / "draft" / "checksums.txt" for work in (country.parent / "work", tmp_path))
    assert first.read_text() == second.read_text()


def test_real_and_sample_are_never_built_together(country, tmp_path):
    stray = tmp_path / "payments.csv"
    stray.write_text("Payment Date,Amount,Organisational Unit,Beneficiary Name,Company Number,Charity Number\n2031-01-01,1,CABINET OFFICE,X LTD,,\n")
    code, message = run(["build", "--workspace", str(tmp_path / "w"), "--input", str(country), "--input", str(stray)])
    assert code == 3
    assert "Build them in two workspaces" in message
