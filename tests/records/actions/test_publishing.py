from datetime import date
from decimal import Decimal

from tests.judgement.tiny_lake import put, tiny_lake
from tests.records.runs import PAYMENTS, payment, read, rows, write

from opencompact.records.actions import publishing

DAYS = [payment(f"2031-07-0{day}", f"SAMPLE {day}", f"{day}.00") for day in range(1, 7)]
LINK = {"link_stage": "none", "may_name": False, "published_org_id": ""}


def sources(tmp_path, files):
    lake = read(tmp_path, [write(tmp_path / "in", files)])
    return {row["source_file"]: (row["state"], row["copy_of"], row["because"].partition("; ")[2]) for row in rows(lake, "SELECT * FROM sources")}


def test_copy_is_set_aside_with_the_file_it_repeats(tmp_path):
    files = {"a.csv": PAYMENTS + "".join(DAYS), "b.csv": PAYMENTS + "".join(reversed(DAYS))}
    assert sources(tmp_path, files) == {"in/a.csv": ("read", None, ""), "in/b.csv": ("copy", "in/a.csv", "6 of its 6 rows stand in in/a.csv")}


def test_same_bytes_are_a_copy_however_few(tmp_path):
    files = {"a.csv": PAYMENTS + DAYS[0], "b.csv": PAYMENTS + DAYS[0], "c.csv": PAYMENTS + DAYS[1]}
    assert sources(tmp_path, files) == {
        "in/a.csv": ("read", None, ""),
        "in/b.csv": ("copy", "in/a.csv", "byte for byte the same as in/a.csv"),
        "in/c.csv": ("read", None, ""),
    }


def test_unused_files_of_the_same_bytes_are_no_copies(tmp_path):
    assert {state for state, _, _ in sources(tmp_path, {"a.txt": "x", "b.txt": "x"}).values()} == {"unused"}


def test_money_problems_and_coverage_are_published(tmp_path):
    line = {"source_file": "a.csv", "standing": "sample", "source": "sample", "body": "sample"}
    empty = ("consultation_lines", "consultations", "contract_lines", "problems")
    with tiny_lake(tmp_path, dict.fromkeys(empty, ())) as change:
        put(change, "sources", [{"source_file": "a.csv", "state": "read"}, {"source_file": "b.csv", "state": "read"}])
        put(change, "payment_lines", [{**line, "payee_name": "A Person", "amount": 5, "paid_on": date(2031, 7, 1), "paid_in_month": "2031-07"}])
        put(change, "grant_lines", [{**line, "grant_id": "1", "awarded_on": date(2031, 8, 1), "source_file": name} for name in ("a.csv", "b.csv")])
        put(change, "links", [{**LINK, "published_name": ""}, {**LINK, "published_name": "A Person"}])
        publishing.publish_money(change, standing="sample")
        publishing.publish_problems(change, standing="sample")
        publishing.publish_coverage(change)
        assert rows(change.con, "SELECT payee_name, amount, link_stage FROM payments") == [
            {"payee_name": "withheld", "amount": Decimal(5), "link_stage": "none"}
        ]
        assert rows(change.con, "SELECT grant_id, source_file FROM grants") == [{"grant_id": "1", "source_file": "a.csv"}]
        assert rows(change.con, "SELECT * FROM contracts") == []
        assert rows(change.con, "SELECT source_file, kind FROM problems") == [{"source_file": "b.csv", "kind": "repeats_another_row"}]
        assert rows(change.con, "SELECT record, month, state FROM coverage ORDER BY ALL") == [
            {"record": "grants", "month": "2031-08", "state": "held"},
            {"record": "payments", "month": "2031-07", "state": "held"},
        ]
