"""Kinds, general charities and size bands, in SQL on invented organisations."""

import duckdb
import pytest

from opencompact.organisations.rules.kinds import PUBLIC_NAME, general_charity_sql, kind_sql, size_band_sql
from opencompact.organisations.rules.names import name_rules, spelled
from opencompact.registry import load_catalogue

VOCABULARIES = load_catalogue().vocabularies
RULES = name_rules(VOCABULARIES["name-rules"].terms)
BY_LIST = "The identifier is of a list of this kind."


def answer(query: str, given: list[object]) -> tuple[object, ...]:
    with duckdb.connect() as con:
        row: tuple[object, ...] | None = con.execute(query, given).fetchone()
    assert row is not None
    return row


def kind(organisation_id: str, name: str, *, register_kind: str | None = None, has_public_name: bool = False) -> tuple[object, ...]:
    sql = kind_sql(VOCABULARIES["organisation-kinds"].terms, RULES)
    return answer(
        f"SELECT found.kind, found.because, found.is_voluntary FROM (SELECT {sql} AS found FROM (SELECT ? AS organisation_id, ? AS spelling, "
        "CAST(? AS VARCHAR) AS register_kind, CAST(? AS BOOLEAN) AS has_public_name))",
        [organisation_id, spelled(name, RULES), register_kind, has_public_name],
    )


@pytest.mark.parametrize(
    ("organisation_id", "name", "expected"),
    [
        ("GB-CHC-1900001", "Lamp Trust", ("charity", BY_LIST, True)),
        ("GB-SC-SC098000", "Lamp Trust Ltd", ("charity", BY_LIST, True)),
        ("GB-NIC-198000", "Lamp Trust", ("charity", BY_LIST, True)),
        ("GB-CHC-1900001", "Lamp Trust CIO", ("cio", "Its name says CIO.", True)),
        ("GB-COH-CE098000", "Lamp Trust", ("cio", BY_LIST, True)),
        ("GB-COH-CS098000", "Lamp Trust", ("cio", BY_LIST, True)),
        ("GB-COH-IP98000R", "Lamp Union Limited", ("society", BY_LIST, True)),
        ("GB-COH-RS098000", "Lamp Union", ("society", BY_LIST, True)),
        ("GB-COH-SP9800RS", "Lamp Union", ("society", BY_LIST, True)),
        ("GB-COH-NP098000", "Lamp Union", ("society", BY_LIST, True)),
        ("GB-COH-SC098000", "Lamp Union", ("company", BY_LIST, False)),
        ("GB-COH-98000000", "Lamps C.I.C.", ("cic", "Its name says CIC.", True)),
        ("GB-COH-98000000", "Lamps Limited", ("company", BY_LIST, False)),
        ("GB-MPR-98000", "Lamp Union", ("society", BY_LIST, True)),
        ("GB-GOR-D9901", "Department for Lamps", ("public_body", BY_LIST, False)),
        ("GB-GOR-OT9901", "Lampworks", ("public_body", BY_LIST, False)),
        ("XX-LAMPS-1", "Lamps Ltd", ("company", "Its name says LTD.", False)),
        ("XX-LAMPS-1", "Lamps", ("other", "Nothing on record shows what it is.", False)),
    ],
)
def test_kind_is_by_list_then_by_name(organisation_id: str, name: str, expected: tuple[object, ...]) -> None:
    assert kind(organisation_id, name) == expected


def test_kind_is_what_the_register_says_where_the_list_is_unknown() -> None:
    assert kind("XX-LAMPS-1", "Lamps", register_kind="charity") == ("charity", "The register says so.", True)


@pytest.mark.parametrize("name", ["Lamps CIC Ltd", "Lamps CIO", "Lamps Co-operative Society Ltd", "Lamps Town Council Ltd"])
def test_what_the_register_calls_an_ordinary_company_no_word_of_its_name_makes_another(name: str) -> None:
    assert kind("GB-COH-98000000", name, register_kind="company") == ("company", BY_LIST, False)


def test_charity_with_the_name_of_a_public_body_is_not_voluntary() -> None:
    assert kind("GB-CHC-1900001", "Lamp Board", has_public_name=True) == ("charity", f"{BY_LIST} {PUBLIC_NAME}", False)


def general(kind_of: str, name: str, *, has_public_name: bool = False) -> tuple[object, ...]:
    sql = general_charity_sql(VOCABULARIES["general-charity-exclusions"].terms, RULES)
    return answer(
        f"SELECT found.is_general, found.because FROM (SELECT {sql} AS found FROM (SELECT ? AS kind, ? AS spelling, CAST(? AS BOOLEAN) AS has_public_name))",
        [kind_of, spelled(name, RULES), has_public_name],
    )


@pytest.mark.parametrize(
    ("kind_of", "name", "is_general"),
    [
        ("charity", "Lamp Trust", True),
        ("cio", "Lamp Trust CIO", True),
        ("charity", "Nowhere Housing Association", False),
        ("charity", "Nowhere Parish Church", False),
        ("charity", "Nowhere Churchyard", True),
        ("public_body", "Nowhere Council", False),
        ("cic", "Lamps CIC", False),
        ("company", "Lamps Ltd", None),
        ("society", "Lamp Society", None),
        ("other", "Lamps", None),
    ],
)
def test_general_charity_is_one_of_no_class_left_out(kind_of: str, name: str, is_general: bool | None) -> None:
    assert general(kind_of, name)[0] is is_general


def test_general_charity_says_which_class_its_name_puts_it_in() -> None:
    assert str(general("charity", "Nowhere Mosque")[1]).startswith("Its name puts it among the places of worship. ")


def test_charity_with_the_name_of_a_public_body_is_no_general_charity() -> None:
    assert general("charity", "Lamp Board", has_public_name=True) == (False, PUBLIC_NAME)


@pytest.mark.parametrize(
    ("income", "band"), [("0", "micro"), ("9999.99", "micro"), ("10000", "small"), ("100000.00", "medium"), ("1e9", "super-major"), ("NULL", "not_held")]
)
def test_size_band_begins_at_its_lower_bound(income: str, band: str) -> None:
    sql = size_band_sql("income", VOCABULARIES["size-bands"].terms)
    assert answer(f"SELECT {sql} FROM (SELECT CAST({income} AS DECIMAL(18,2)) AS income)", []) == (band,)
