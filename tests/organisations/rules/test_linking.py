"""The stages a published name goes through, on invented names."""

import duckdb
import pytest

from opencompact.organisations.rules import linking
from opencompact.organisations.rules.names import name_rules, spelled
from opencompact.registry import load_catalogue

VOCABULARIES = load_catalogue().vocabularies
RULES = name_rules(VOCABULARIES["name-rules"].terms)
FORMS = {str(term["pattern"]): str(term["says"]) for term in VOCABULARIES["legal-forms"].terms}
ONE = "By the naming rules it is the name of one organisation alone on the registers held."
A, B, C = "GB-CHC-1900001", "GB-CHC-1900002", "GB-CHC-1900003"
LATE, EARLY, NI, BODY = "GB-SC-SC038001", "GB-SC-SC001001", "GB-NIC-198001", "GB-GOR-D9901"


def candidate(name: str, *organisation_ids: str) -> tuple[object, ...] | None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE registered (organisation_id VARCHAR, normalised_name VARCHAR, is_body BOOLEAN)")
        for organisation_id in organisation_ids:
            con.execute("INSERT INTO registered VALUES (?, ?, ?)", [organisation_id, name, organisation_id.startswith("GB-GOR-")])
        found: tuple[object, ...] | None = con.execute(f"SELECT organisation_id, because FROM ({linking.candidates_sql(RULES)})").fetchone()
    return found


def test_name_of_one_charity_is_linked() -> None:
    assert candidate("LAMP TRUST", A) == (A, ONE)


@pytest.mark.parametrize(("held", "count"), [((A, B), 2), ((A, B, C), 3), ((A, NI), 2), ((A, EARLY), 2), ((A, B, LATE), 3)])
def test_name_of_several_organisations_is_not_linked(held: tuple[str, ...], count: int) -> None:
    assert candidate("LAMP TRUST", *held) == (None, f"{count} organisations on the registers bear this name.")


def test_second_registration_in_scotland_is_set_aside() -> None:
    assert candidate("LAMP TRUST", A, LATE) == (A, ONE)


def test_name_of_one_public_body_is_linked() -> None:
    assert candidate("DEPARTMENT FOR LAMPS", BODY) == (BODY, "By the naming rules it is the name of one public body alone.")


def test_name_of_a_charity_and_a_public_body_is_the_charitys() -> None:
    assert candidate("LAMP BOARD", A, BODY) == (A, ONE)


def test_name_of_several_charities_is_not_the_public_bodys() -> None:
    assert candidate("LAMP BOARD", A, B, BODY) == (None, "2 organisations on the registers bear this name.")


def test_empty_name_is_no_candidate() -> None:
    assert candidate("", A) is None


@pytest.mark.parametrize(
    ("name", "organisation_id", "linked"),
    [
        ("LMP", A, False),
        ("LMP", BODY, False),
        ("LAMP", A, True),
        ("NOWHERE NHS TRUST", A, False),
        ("NOWHERE TOWN COUNCIL", A, False),
        ("NOWHERE TOWN COUNCIL", BODY, True),
        ("BRIDGE TRUST", EARLY, False),
        ("BRIDGE TRUST", NI, False),
        ("BRIDGE TRUST", A, True),
        ("VARROW BRIDGE TRUST", EARLY, False),
        ("VARROW BRIDGE TRUST", NI, False),
        ("BRIDGES OF BELFAST", NI, True),
        ("BRIDGES NORTHERN IRELAND", NI, True),
        ("ULSTER BRIDGES", NI, True),
        ("GLASGOW BRIDGE TRUST", EARLY, True),
        ("GLASGOWS BRIDGE TRUST", EARLY, False),
        ("BRIDGES SCOTLAND", EARLY, True),
        ("VARROW BRIDGE TRUST", LATE, False),
        ("BRIDGES SCOTLAND", LATE, True),
    ],
)
def test_name_that_is_not_enough_is_not_linked(name: str, organisation_id: str, linked: bool) -> None:
    found = candidate(name, organisation_id)
    assert found is not None
    assert (found[0] == organisation_id) is linked


def companies(register: list[tuple[str, str, str]], published: list[tuple[list[str], list[str]]]) -> list[tuple[object, ...]]:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE register_companies (company_id VARCHAR, organisation_id VARCHAR, name VARCHAR)")
        con.execute("CREATE TABLE published_numbers (charities VARCHAR[], companies VARCHAR[])")
        for table, rows in (("register_companies", register), ("published_numbers", published)):
            for row in rows:
                con.execute(f"INSERT INTO {table} VALUES ({', '.join('?' for _ in row)})", list(row))
        return con.execute(f"SELECT company_id, organisation_id, because FROM ({linking.companies_sql()}) ORDER BY ALL").fetchall()


X, Y = "GB-COH-98000001", "GB-COH-98000002"
BESIDE = f"The publisher gave the company number {X}; {A} is the one charity number that the record gives beside it."


@pytest.mark.parametrize(
    ("published", "found"),
    [
        ([([A], [X])], [(X, A, BESIDE)]),
        ([([A], [X]), ([A], [X]), ([], [X]), ([B], [])], [(X, A, BESIDE)]),
        ([([A], [X]), ([B], [X])], []),
        ([([A, B], [X])], []),
        ([([A], [])], []),
        ([([], [X])], []),
    ],
)
def test_company_number_is_joined_to_the_one_charity_published_beside_it(published: list[tuple[list[str], list[str]]], found: list[tuple[str, ...]]) -> None:
    assert companies([], published) == found


@pytest.mark.parametrize(
    ("register", "published", "found"),
    [
        ([(X, B, "Lamp Trust")], ([A], [X]), [(X, B)]),
        ([(Y, A, "Lamp Trust")], ([A], [X]), [(Y, A)]),
        ([(X, B, "Lamp Trust"), (X, C, "Lamp Guild")], ([A], [X]), []),
        ([(Y, B, "Lamp Trust")], ([A], [X]), [(X, A), (Y, B)]),
    ],
)
def test_register_outranks_numbers_published_together(
    register: list[tuple[str, str, str]], published: tuple[list[str], list[str]], found: list[tuple[str, str]]
) -> None:
    assert [row[:2] for row in companies(register, [published])] == found


@pytest.mark.parametrize(
    ("name", "withheld"),
    [
        ("REDACTED", True),
        ("Redacted - Personal Data", True),
        ("Details redacted", True),
        ("NAME WITHHELD", True),
        ("PERSONAL DATA", True),
        ("Redactive Events Limited", False),
        ("Dont Redact", False),
        ("Personal Data Lamps Ltd", False),
        ("", False),
    ],
)
def test_name_is_withheld_where_its_words_say_so(name: str, withheld: bool) -> None:
    sql = linking.is_withheld_sql("spelling", FORMS)
    with duckdb.connect() as con:
        assert con.execute(f"SELECT {sql} FROM (SELECT ? AS spelling)", [spelled(name, RULES)]).fetchone() == (withheld,)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Lamps Ltd", True),
        ("LAMPS L.L.P.", True),
        ("Lamps C.I.C.", True),
        ("Nowhere Borough Council", True),
        ("University of Nowhere", True),
        ("Nowhere Council tax T Okkelby", False),
        ("T Okkelby", False),
        ("Okkelby Services", False),
        ("Mrs T Okkelby, Lamps Ltd", False),
        ("T Okkelby T/A Lamps Ltd", False),
        ("Limitedly Yours", False),
        ("Redacted, Lamps Ltd", False),
    ],
)
def test_name_is_shown_only_with_a_form_that_no_person_carries(name: str, shown: bool) -> None:
    sql = linking.may_name_sql("spelling", "organisation_id", FORMS)
    with duckdb.connect() as con:
        assert con.execute(f"SELECT {sql} FROM (SELECT ? AS spelling, NULL AS organisation_id)", [spelled(name, RULES)]).fetchone() == (shown,)


def test_name_of_an_identified_payee_is_shown() -> None:
    sql = linking.may_name_sql("'T OKKELBY'", "'GB-COH-98000000'", {})
    with duckdb.connect() as con:
        assert con.execute(f"SELECT {sql}").fetchone() == (True,)
