from datetime import date

import pytest
from tests.judgement.tiny_lake import put, tiny_lake
from tests.records.runs import rows

from opencompact.records.actions import grading

EMPTY = ("payment_lines", "grant_lines", "contract_lines", "consultation_lines", "problems", "bodies")


def file(name: str, table: str = "payment_lines", **given):
    state = given.pop("state", "read")
    return {"source_file": name, "table_name": table, "publisher": "Sample Office", "state": state, "standing": "sample", **given}


def payment(name: str, row: int, **given):
    return {"source_file": name, "source_row": row, "body": "sample-borough", "amount": 1, "standing": "sample", **given}


@pytest.fixture
def graded(tmp_path):
    def made(standing: str = "sample", **tables):
        with tiny_lake(tmp_path, dict.fromkeys(EMPTY, ())) as change:
            for table, given in tables.items():
                put(change, table, given)
            grading.grade(change, standing=standing)
            files = {row["source_file"]: (row["publisher"], row["name"], row["record"]) for row in rows(change.con, "SELECT * FROM publisher_files")}
            shares = rows(change.con, "SELECT * FROM publisher_quality")
        return files, {(row["publisher"], row["record"], row["measure"]): row for row in shares}

    return made


def counts(shares, publisher: str, record: str) -> dict[str, tuple[int, int]]:
    return {measure: (row["numerator"], row["denominator"]) for (who, what, measure), row in shares.items() if (who, what) == (publisher, record)}


def test_a_file_is_of_the_body_whose_money_most_of_it_is(graded):
    files, _ = graded(
        bodies=[{"body": "sample-borough", "name": "Sample Borough", "standing": "sample"}],
        sources=[file("own.csv"), file("mostly.csv"), file("shared.csv"), file("pages.csv", "consultation_lines"), file("empty.csv", publisher=None)],
        payment_lines=[
            payment("own.csv", 2),
            *(payment("mostly.csv", row, body="sample-county" if row == 4 else "sample-borough") for row in (2, 3, 4)),
            *(payment("shared.csv", row, body="sample-county" if row == 3 else "sample-borough") for row in (2, 3)),
        ],
        consultation_lines=[{"source_file": "pages.csv", "body": "sample-borough", "standing": "sample"}],
    )
    assert files == {
        "own.csv": ("sample-borough", "Sample Borough", "payments"),
        "mostly.csv": ("sample-borough", "Sample Borough", "payments"),
        "shared.csv": ("sample-office", "Sample Office", "payments"),
        "pages.csv": ("sample-office", "Sample Office", "consultations"),
        "empty.csv": ("not-known", "Not known", "payments"),
    }


def test_files_of_no_card_and_of_other_standing_are_nobodys(graded):
    files, shares = graded(sources=[file("a.txt", state="unused"), file("b.csv", standing="example"), file("c.csv", None, state="refused", standing=None)])
    assert files == {"c.csv": ("sample-office", "Sample Office", "not_known")}
    assert counts(shares, "sample-office", "not_known") == {"files-read": (0, 1), "files-once": (0, 0), "rows-used": (0, 0), "rows-without-problem": (0, 0)}


def test_releases_and_registers_are_records_of_their_own(graded):
    files, _ = graded(sources=[file("a.json", "release_lines"), file("b.csv", "register_names"), file("c.csv", "area_lines")])
    assert {name: record for name, (_, _, record) in files.items()} == {"a.json": "contracts", "b.csv": "register_names", "c.csv": "area"}


def test_shares_of_payments(graded):
    _, shares = graded(
        sources=[
            file("a.csv", rows_loaded=2, rows_refused=1),
            file("b.csv", rows_loaded=2, rows_refused=0, state="copy", copy_of="a.csv"),
            file("c.csv", state="refused"),
        ],
        payment_lines=[
            payment("a.csv", 2, paid_in_month="2031-01", paid_on=date(2031, 1, 3), payee_name="X", company_number="1"),
            payment("a.csv", 3, paid_in_month="2031-04", purpose="Rope", charity_number="2"),
            payment("b.csv", 2, transaction_ref="9"),
            payment("c.csv", 2, paid_in_month="1031-04"),
        ],
        problems=[
            {"source_file": "a.csv", "source_row": 4, "kind": "missing"},
            {"source_file": "a.csv", "source_row": 4, "kind": "unreadable"},
            {"source_file": "a.csv", "source_row": None, "kind": "nul_characters"},
            {"source_file": "a.csv", "source_row": 3, "kind": "repeats_another_row"},
        ],
    )
    assert counts(shares, "sample-borough", "payments") == {
        "files-read": (2, 3),
        "files-once": (1, 2),
        "rows-used": (2, 3),
        "rows-without-problem": (2, 3),
        "with-identifier": (2, 3),
        "with-name": (1, 3),
        "with-day": (1, 3),
        "with-title": (1, 3),
        "with-reference": (0, 3),
        "months-held": (2, 4),
        "with-both-days": (0, 3),
    }
    shown = shares["sample-borough", "payments", "with-both-days"]
    assert (shown["share"], shown["median_days"], shown["why_missing"]) == (0.0, None, "no file of it says on which day it was published")
    assert shares["sample-borough", "payments", "with-day"]["share"] == pytest.approx(1 / 3)


def test_where_nothing_could_be_read_there_is_no_share(graded):
    _, shares = graded(sources=[file("a.csv", state="refused")])
    shown = shares["sample-office", "payments", "with-day"]
    assert (shown["denominator"], shown["share"], shown["why_missing"]) == (0, None, "nothing of it could be read")


def test_days_from_award_to_publication(graded):
    def award(row: int, published: date | None):
        return {"source_file": "a.json", "source_row": row, "awarded_on": date(2031, 1, 1), "published_on": published, "standing": "sample"}

    _, shares = graded(
        sources=[file("a.json", "release_lines")],
        contract_lines=[award(1, date(2031, 1, 11)), award(2, date(2031, 1, 31)), award(3, None)],
    )
    shown = shares["sample-office", "contracts", "with-both-days"]
    assert (shown["numerator"], shown["denominator"], shown["median_days"], shown["why_missing"]) == (2, 3, 20.0, None)


def test_shares_of_grants_and_consultations(graded):
    _, shares = graded(
        sources=[file("g.json", "grant_lines"), file("c.csv", "consultation_lines")],
        grant_lines=[
            {"source_file": "g.json", "body": "sample-trust", "recipient_postcode": "ZZ1 1ZZ", "awarded_on": date(2031, 1, 1), "standing": "sample"},
            {"source_file": "g.json", "body": "sample-trust", "months": 12.0, "title": "Ropes", "recipient_org_id": "GB-CHC-1", "standing": "sample"},
        ],
        consultation_lines=[{"source_file": "c.csv", "opened_on": date(2031, 1, 1), "closed_on": date(2031, 2, 1), "title": "Ropes", "standing": "sample"}],
    )
    grants, consultations = counts(shares, "sample-trust", "grants"), counts(shares, "sample-office", "consultations")
    assert {name: grants[name] for name in ("with-identifier", "with-day", "with-location", "with-duration", "with-title", "with-amount")} == {
        "with-identifier": (1, 2),
        "with-day": (1, 2),
        "with-location": (1, 2),
        "with-duration": (1, 2),
        "with-title": (1, 2),
        "with-amount": (0, 2),
    }
    assert {name: consultations[name] for name in ("with-day", "with-title", "with-summary", "with-address")} == {
        "with-day": (1, 1),
        "with-title": (1, 1),
        "with-summary": (0, 1),
        "with-address": (0, 1),
    }
    assert "months-held" not in grants
