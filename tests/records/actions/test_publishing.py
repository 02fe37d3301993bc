from datetime import date
from decimal import Decimal

import pytest
from tests.judgement.tiny_lake import put, tiny_lake
from tests.records.runs import PAYMENTS, payment, read, rows, write

from opencompact.lake import Change, Lake
from opencompact.records.actions import publishing
from opencompact.records.rules.publishing import runs
from opencompact.registry import load_shapes

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


def lines_of(files):
    return [
        {
            "source_file": file,
            "standing": "sample",
            "source": "sample",
            "body": "sample",
            "payee_name": f"Payee {file}",
            "amount": 5,
            "source_row": row,
            "paid_on": date(2031, 7, row),
        }
        for file, rows in files.items()
        for row in range(2, 2 + rows)
    ]


def paid(folder, files, *, linked=()):
    """The lake of these files (rows by name), the payees of those `linked` identified: a part of lines for each, as reading makes them."""
    lake = Lake(folder, load_shapes())
    with lake.change() as change:
        for table in ("grant_lines", "contract_lines"):
            change.put_rows(table, [])
        rows = lines_of(files)
        change.put_parts("payment_lines", [change.rows_part("payment_lines", [row for row in rows if row["source_file"] == file]) for file in files])
        change.put_rows("sources", [{"source_file": file, "state": "read", "because": "it is"} for file in files])
        change.put_rows(
            "links", [LINK | {"published_name": row["payee_name"], "because": "so", **_known(row, linked)} for row in rows if row["source_row"] == 2]
        )
        publishing.publish_money(change, standing="sample", digest="code")
    return lake


def _known(row, linked):
    is_known = row["source_file"] in linked
    return {"organisation_id": "GB-CHC-980001" if is_known else None, "link_stage": "exact" if is_known else "none", "may_name": is_known}


def parts(lake):
    """The parts of payments: each file on disk, which a part made again does not stay."""
    return {(lake.folder / part.path).stat().st_ino for part in lake.manifest()["payments"]}


FILES = {f"{letter}{number}.csv": 2 for letter in "abc" for number in range(40)}


def test_one_changed_file_makes_one_part_of_payments_anew_and_the_bytes_are_those_of_a_build_from_nothing(tmp_path):
    before = parts(lake := paid(tmp_path / "lake", FILES))
    assert len(before) > 6
    changed = FILES | {"b7.csv": 3}
    after = parts(paid(tmp_path / "lake", changed))
    assert (len(after), len(after - before)) == (len(before), 1)
    assert lake.manifest() == paid(tmp_path / "another", changed).manifest()


def test_one_changed_link_makes_anew_the_parts_with_that_name_alone(tmp_path):
    before = parts(lake := paid(tmp_path / "lake", FILES))
    after = parts(paid(tmp_path / "lake", FILES, linked=["c3.csv"]))
    assert len(after - before) == 1
    assert lake.manifest() == paid(tmp_path / "another", FILES, linked=["c3.csv"]).manifest()
    assert rows(lake, "SELECT DISTINCT source_file FROM payments WHERE payee_name <> 'withheld'") == [{"source_file": "c3.csv"}]


def test_a_file_gone_leaves_the_other_parts_as_they_were(tmp_path):
    before = parts(lake := paid(tmp_path / "lake", FILES))
    fewer = {file: count for file, count in FILES.items() if file != "a0.csv"}
    after = parts(paid(tmp_path / "lake", fewer))
    old, new = ({tuple(run) for run in runs(files)} for files in (FILES, fewer))
    assert len(after - before) == len(new - old) < len(old) / 2
    assert lake.manifest() == paid(tmp_path / "another", fewer).manifest()


def test_parts_a_killed_build_had_made_are_not_made_again(tmp_path, monkeypatch):
    def killed(_change):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Change, "swap", killed)
        paid(tmp_path / "lake", FILES)
    made = {path.stat().st_ino for path in (tmp_path / "lake" / "parts").glob("payments-*.parquet")}
    assert parts(lake := paid(tmp_path / "lake", FILES)) == made
    assert lake.manifest() == paid(tmp_path / "another", FILES).manifest()


def test_copies_are_not_looked_for_again_in_the_same_lines(tmp_path):
    files = {"a.csv": PAYMENTS + "".join(DAYS), "b.csv": PAYMENTS + "".join(reversed(DAYS))}
    found = []
    for _ in range(2):
        lake = read(tmp_path, [write(tmp_path / "in", files)])
        found.append([(part.path, (lake.folder / part.path).stat().st_ino) for part in lake.manifest()["copies"]])
    assert found[0] == found[1]
    assert rows(lake, "SELECT * FROM copies") == [{"source_file": "in/b.csv", "copy_of": "in/a.csv", "rows": 6, "size": 6}]


def test_money_problems_and_coverage_are_published(tmp_path):
    line = {"source_file": "a.csv", "standing": "sample", "source": "sample", "body": "sample"}
    empty = ("consultation_lines", "consultations", "contract_lines", "problems")
    with tiny_lake(tmp_path, dict.fromkeys(empty, ())) as change:
        put(change, "sources", [{"source_file": "a.csv", "state": "read"}, {"source_file": "b.csv", "state": "read"}])
        put(change, "payment_lines", [{**line, "payee_name": "A Person", "amount": 5, "paid_on": date(2031, 7, 1), "paid_in_month": "2031-07"}])
        put(change, "grant_lines", [{**line, "grant_id": "1", "awarded_on": date(2031, 8, 1), "source_file": name} for name in ("a.csv", "b.csv")])
        put(change, "links", [{**LINK, "published_name": ""}, {**LINK, "published_name": "A Person"}])
        publishing.publish_money(change, standing="sample", digest="")
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
