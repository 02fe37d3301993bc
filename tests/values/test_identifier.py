"""Charity numbers, company numbers and org-ids: what is repaired, what is not, and that SQL and Python agree."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact.values.identifier import (
    Reading,
    charity_org_id_sql,
    charity_state_sql,
    company_org_id_sql,
    company_state_sql,
    declared_org_id_sql,
    declared_state_sql,
    read_charity_number,
    read_company_number,
    read_org_id,
)

WORDS = ("n/a", "Awaiting", "Not yet  available", "EXEMPT", "none", "it's not known")


@pytest.mark.parametrize("text", [None, "", "  ", "0", "00000000", "0.0", "N/A", " n/a ", "awaiting", "NOT YET AVAILABLE", "Exempt", "None", "It's not known"])
def test_charity_number_placeholder_is_missing(text: str | None) -> None:
    assert read_charity_number(text, WORDS) == Reading(None, "missing", "nothing given")


@pytest.mark.parametrize(
    ("text", "org_id"),
    [("1136419", "GB-CHC-1136419"), ("298149", "GB-CHC-298149"), (" 298149 ", "GB-CHC-298149"), ("SC012345", "GB-SC-SC012345"), ("NIC100002", "GB-NIC-100002")],
)
def test_charity_number_in_the_registers_form_is_clean(text: str, org_id: str) -> None:
    assert read_charity_number(text) == Reading(org_id, "clean", "as written")


@pytest.mark.parametrize(
    ("text", "org_id", "rule"),
    [
        ("1136419.0", "GB-CHC-1136419", "decimal part"),
        ("1 136 419", "GB-CHC-1136419", "spaces"),
        ("1.136.419", "GB-CHC-1136419", "thousands"),
        ("298,149", "GB-CHC-298149", "thousands"),
        ("1136419.", "GB-CHC-1136419", "dots"),
        ("sc 012345", "GB-SC-SC012345", "capitals, spaces"),
        ("SC-012345", "GB-SC-SC012345", "dots"),
        ("SCO12345", "GB-SC-SC012345", "letter O for nought"),
        ("298149-1", "GB-CHC-298149", "linked charity"),
        ("1N/A9794N/A", "GB-CHC-1097940", "N/A for nought"),
        ("11463N/A4", "GB-CHC-1146304", "N/A for nought"),
        ("1n/a36419", "GB-CHC-1036419", "N/A for nought"),
        ("GB-CHC-1136419", "GB-CHC-1136419", "scheme written in"),
        ("GB-NIC-100002", "GB-NIC-100002", "scheme written in"),
    ],
)
def test_charity_number_certain_repair_is_named(text: str, org_id: str, rule: str) -> None:
    assert read_charity_number(text, WORDS) == Reading(org_id, "repaired", rule)


@pytest.mark.parametrize(
    "text",
    [
        "1136419 298149",
        "1136419/298149",
        "1136419 N/A",
        "113641 N/A",
        "N/AN/A",
        "12345",
        "100002",
        "01136419",
        "2101693",
        "11364190",
        "SC01234",
        "12345R",
        "RC000678",
        "charity",
        "298149.1",
        "GB-CHC-GB-CHC-1136419",
        "id:GB-CHC-1136419",
    ],
)
def test_charity_number_not_certain_is_malformed(text: str) -> None:
    assert read_charity_number(text, WORDS) == Reading(None, "malformed", "not a number of this register")


@pytest.mark.parametrize("text", ["111111", "999999", "1111111", "123456", "222222.0"])
def test_charity_number_junk_is_malformed(text: str) -> None:
    assert read_charity_number(text) == Reading(None, "malformed", "junk")


@pytest.mark.parametrize(
    "number", ["01234567", "OC338981", "SC123456", "NI012345", "RS007530", "IP030938", "IP12345R", "SP2469RS", "CE012345", "RC000678", "R0000017"]
)
def test_company_number_in_the_registers_form_is_clean(number: str) -> None:
    assert read_company_number(number) == Reading(f"GB-COH-{number}", "clean", "as written")


@pytest.mark.parametrize(
    ("text", "org_id", "rule"),
    [
        ("1234567", "GB-COH-01234567", "lost noughts"),
        ("234567", "GB-COH-00234567", "lost noughts"),
        ("1234567.0", "GB-COH-01234567", "decimal part, lost noughts"),
        ("oc 338981", "GB-COH-OC338981", "capitals, spaces"),
        ("N/A22N/A6442", "GB-COH-02206442", "N/A for nought"),
        ("GB-COH-01234567", "GB-COH-01234567", "scheme written in"),
    ],
)
def test_company_number_certain_repair_is_named(text: str, org_id: str, rule: str) -> None:
    assert read_company_number(text, WORDS) == Reading(org_id, "repaired", rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [("24084", "not a number of this register"), ("IT398399", "not a number of this register"), ("99999999", "junk"), ("111111", "junk"), ("123456", "junk")],
)
def test_company_number_not_certain_is_malformed(text: str, rule: str) -> None:
    assert read_company_number(text) == Reading(None, "malformed", rule)


@pytest.mark.parametrize(
    "text", ["GB-CHC-1136419", "GB-SC-SC012345", "GB-NIC-100002", "GB-COH-01234567", "GB-COH-CE012345", "GB-GOR-D9", "GB-GOR-EA1255", "GB-LAE-LDS"]
)
def test_org_id_in_its_lists_form_is_clean(text: str) -> None:
    assert read_org_id(text) == Reading(text, "clean", "as written")


@pytest.mark.parametrize(
    ("text", "org_id", "rule"),
    [
        ("GB-CHC- 1136419", "GB-CHC-1136419", "spaces"),
        ("GB-CHC-\n\n1136419", "GB-CHC-1136419", "spaces"),
        ("gb-chc-1136419", "GB-CHC-1136419", "capitals"),
        ("GB-CHC-SC012345", "GB-SC-SC012345", "wrong scheme or capitals"),
        ("GB-CHC-SCO 12345", "GB-SC-SC012345", "spaces, letter O for nought"),
        ("GB-CHC-NIC100002", "GB-NIC-100002", "wrong scheme or capitals"),
        ("GB-SC-012345", "GB-SC-SC012345", "wrong scheme or capitals"),
        ("GB-NIC-NIC100002", "GB-NIC-100002", "wrong scheme or capitals"),
        ("GB-COH-1234567", "GB-COH-01234567", "lost noughts"),
        ("gb-gor-d9", "GB-GOR-D9", "spaces or capitals"),
    ],
)
def test_org_id_certain_repair_is_named(text: str, org_id: str, rule: str) -> None:
    assert read_org_id(text) == Reading(org_id, "repaired", rule)


@pytest.mark.parametrize("text", ["GB-CHC-XR77405", "GB-CHC-24377R", "GB-CHC-RC000653", "GB-CHC-03058989", "DUMMY", "1136419", "GB-SRS-sid4gov/1"])
def test_org_id_not_certain_is_malformed(text: str) -> None:
    assert read_org_id(text).state == "malformed"


@pytest.mark.parametrize("text", [None, "", "n/a", "GB-CHC-n/a", "GB-CHC-", "GB-COH", "360G-example:org-1"])
def test_org_id_of_no_register_is_missing(text: str | None) -> None:
    assert read_org_id(text, WORDS).state == "missing"


SCHEMES = ["GB-CHC-", "GB-SC-", "GB-NIC-", "GB-COH-", "GB-GOR-", "gb-chc-", "360G-", "SC", "SCO", "NIC", "IP", "CE", "RS", "D9", "R"]
MARKS = ["N/A", "n/a", "-1", ".0", ".", ",", " ", "\t", "\n", "\u00a0", "'", "none", "é"]
DIGITS = ["0", "1", "2", "9", "123456", "1136419", "298149", "012345", "100002", "01234567", "1234567", "111111"]
GENERATED = st.one_of(st.none(), st.text(max_size=12), st.lists(st.sampled_from([*SCHEMES, *MARKS, *DIGITS]), max_size=5).map("".join))
BUILDERS = (charity_org_id_sql, charity_state_sql, company_org_id_sql, company_state_sql, declared_org_id_sql, declared_state_sql)


@settings(max_examples=60)
@given(st.lists(GENERATED, min_size=1, max_size=40))
def test_sql_agrees_with_python_whatever_the_text(texts: list[str | None]) -> None:
    with duckdb.connect() as con:
        query = f"SELECT {', '.join(builder('given', WORDS) for builder in BUILDERS)} FROM (SELECT unnest(CAST(? AS VARCHAR[])) AS given)"
        found = con.execute(query, [texts]).fetchall()
    readings = [(read_charity_number(text, WORDS), read_company_number(text, WORDS), read_org_id(text, WORDS)) for text in texts]
    assert found == [tuple(value for reading in three for value in (reading.org_id, reading.state)) for three in readings]


@given(st.from_regex(r"GB-(CHC-[2-9][0-9]{5}|SC-SC[0-9]{6}|NIC-10[0-9]{4}|COH-(0[0-9]{7}|OC3[0-9]{5}))", fullmatch=True))
def test_org_id_once_read_reads_the_same_again(text: str) -> None:
    reading = read_org_id(text)
    assert reading.org_id is None or read_org_id(reading.org_id) == Reading(reading.org_id, "clean", "as written")
