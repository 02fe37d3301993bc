"""What counts as declaring a kind: fields of notices and membership lists, never a name, never a probable link."""

from typing import Any

import duckdb

from opencompact.organisations.rules.declared import declarations_sql
from opencompact.registry import load_catalogue

TERMS = load_catalogue().vocabularies["declared-kinds"].terms
ORIGIN = ("s", "sample", "notices.json")


def declared(lines: list[tuple[str, bool | None, str | None]], *, stage: str = "identifier", members: tuple[str, ...] = (), terms: Any = TERMS) -> list[Any]:
    con = duckdb.connect()
    con.execute("CREATE TABLE contract_lines (supplier_name VARCHAR, supplier_org_id VARCHAR, supplier_vcse BOOLEAN, supplier_scale VARCHAR, "
                "published_on DATE, source VARCHAR, "
                "standing VARCHAR, source_file VARCHAR, source_row BIGINT)")  # fmt: skip
    con.execute("CREATE TABLE links (published_name VARCHAR, published_org_id VARCHAR, organisation_id VARCHAR, link_stage VARCHAR)")
    classes = "organisation_id VARCHAR, scheme VARCHAR, code VARCHAR, listed_on DATE, source VARCHAR, standing VARCHAR, source_file VARCHAR, source_row BIGINT"
    con.execute(f"CREATE TABLE register_classes ({classes})")
    for place, (name, is_vcse, scale) in enumerate(lines):
        con.execute("INSERT INTO contract_lines VALUES (?, NULL, ?, ?, DATE '2031-05-01', ?, ?, ?, ?)", [f" {name} ", is_vcse, scale, *ORIGIN, place])
    for name in {line[0] for line in lines}:
        con.execute("INSERT INTO links VALUES (?, '', ?, ?)", [name, f"id-{name}" if stage != "none" else None, stage])
    for place, member in enumerate(members):
        con.execute(
            "INSERT INTO register_classes VALUES (?, 'social-enterprise-membership', 'Invented Register', DATE '2031-07-01', 's', 'sample', 'list.csv', ?)",
            [member, place],
        )
    found = con.execute(
        f"""SELECT organisation_id, declared, evidence, "rows", denied, said_by, said_on::VARCHAR, source_file, source_row
        FROM ({declarations_sql("sample", terms)}) ORDER BY ALL"""
    ).fetchall()
    con.close()
    return found


def test_notice_declares_and_the_first_row_that_says_so_is_named() -> None:
    found = declared([("Glow", False, None), ("Glow", True, None), ("Glow", True, "large")])
    assert found == [("id-Glow", "vcse", "notice-vcse", 2, 1, None, "2031-05-01", "notices.json", 1)]


def test_scale_declares_a_small_firm() -> None:
    assert declared([("Lamp", None, "sme")]) == [("id-Lamp", "sme", "notice-sme", 1, 0, None, "2031-05-01", "notices.json", 0)]


def test_denied_alone_and_silence_declare_nothing() -> None:
    assert declared([("Glow", False, "large"), ("Social Enterprise Lamps", None, None)]) == []


def test_probable_link_and_no_link_declare_nothing() -> None:
    assert declared([("Glow", True, "sme")], stage="probable") == declared([("Glow", True, "sme")], stage="none") == []


def test_membership_list_declares_only_whom_the_record_names() -> None:
    found = declared([("Glow", None, None)], members=("id-Glow", "id-Nobody"))
    assert found == [("id-Glow", "social_enterprise", "membership-list", 1, 0, "Invented Register", "2031-07-01", "list.csv", 0)]


def test_vocabulary_without_terms_declares_nothing() -> None:
    assert declared([("Glow", True, "sme")], terms=()) == []
