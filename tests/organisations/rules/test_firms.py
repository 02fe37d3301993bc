"""Names held against ordinary companies', on invented ones."""

import duckdb
import pytest

from opencompact.organisations.rules import firms
from opencompact.organisations.rules.names import name_rules, normalised_sql, spelled_sql
from opencompact.registry import load_catalogue

VOCABULARIES = load_catalogue().vocabularies
RULES = name_rules(VOCABULARIES["name-rules"].terms)
FORMS = VOCABULARIES["firm-forms"].terms
X, Y, Z, CHARITY = "GB-COH-98000001", "GB-COH-98000002", "GB-COH-98000003", "GB-CHC-1900001"
LIVING, GONE = None, "2030-01-31"


def firm_name(name: str) -> str | None:
    with duckdb.connect() as con:
        spelling = f"SELECT {spelled_sql('name', RULES)} AS spelling FROM (SELECT ? AS name)"
        row = con.execute(f"SELECT {firms.firm_name_sql('spelling', RULES, FORMS)} FROM ({spelling})", [name]).fetchone()
    assert row
    found: str | None = row[0]
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Wick & Lamp Ltd.", "WICK AND LAMP LIMITED"),
        ("THE WICK AND LAMP LIMITED", "WICK AND LAMP LIMITED"),
        ("Wick and Lamp Limited (The)", "WICK AND LAMP LIMITED"),
        ("Wick and Lamp Cyfyngedig", "WICK AND LAMP LIMITED"),
        ("Wick and Lamp Ltd T/A The Lamp Shop", "WICK AND LAMP LIMITED"),
        ("Wick and Lamp P.L.C.", "WICK AND LAMP PLC"),
        ("Wick and Lamp Public Limited Company", "WICK AND LAMP PLC"),
        ("Wick and Lamp Limited Liability Partnership", "WICK AND LAMP LLP"),
        ("Wick and Lamp LLP", "WICK AND LAMP LLP"),
        ("Wick and Lamp Limited Partnership", "WICK AND LAMP LP"),
        ("Wick and Lamp Unlimited", "WICK AND LAMP UNLIMITED"),
        ("Wick and Lamp", None),
        ("Wick and Lamp Ltd 0042", None),
        ("Limited Lamps", None),
        ("Ltd", None),
        ("", None),
    ],
)
def test_a_form_is_written_one_way_and_a_name_without_one_is_no_firm_s(name: str, expected: str | None) -> None:
    assert firm_name(name) == expected


def found(
    payee: str,
    companies: list[tuple[str, str, str | None]],
    *,
    borne: str = "",
    declared: tuple[str, str] | None = None,
    charity_of: str = "",
    number: str = "",
    standing: str = "sample",
) -> tuple[object, ...] | None:
    """What is found for the payee: companies by number, name and day dissolved; a name borne on the other registers; a name with a number declared."""
    named = firms.firm_name_sql("spelling", RULES, FORMS)
    with duckdb.connect() as con:
        con.execute("CREATE TABLE company_names (organisation_id VARCHAR, name VARCHAR, removed_on DATE, standing VARCHAR)")
        for company in companies:
            con.execute("INSERT INTO company_names VALUES (?, ?, ?, ?)", [*company, standing])
        for table, name, more in (("unlinked", payee, number), ("declared", *(declared or ("", "")))):
            con.execute(
                f"""CREATE TABLE {table} AS SELECT *, {named} AS firm_name FROM (SELECT {spelled_sql("name", RULES)} AS spelling,
                {normalised_sql("name", RULES)} AS normalised_name, name AS published_name, more AS published_org_id, more AS organisation_id
                FROM (SELECT $name AS name, $more AS more) WHERE name <> '')""",
                {"name": name, "more": more},
            )
        con.execute("CREATE TABLE candidates AS SELECT $1 AS normalised_name", [borne])
        con.execute("CREATE TABLE companies AS SELECT $1 AS company_id, $2 AS organisation_id", [X if charity_of else "", charity_of])
        rows = con.execute(f"SELECT organisation_id, because FROM ({firms.firms_sql('sample', RULES, FORMS)})").fetchall()
    assert len(rows) < 2
    return rows[0] if rows else None


SEVERAL = "2 companies on the companies register bear this name, its legal form included."


@pytest.mark.parametrize(
    ("companies", "expected"),
    [
        ([(X, "WICK LAMPS LIMITED", LIVING)], (X, firms.ONE)),
        ([(X, "WICK LAMPS LIMITED", GONE)], (X, firms.ONE)),
        ([(X, "WICK LAMPS LTD", GONE), (Y, "WICK LAMPS LIMITED", LIVING)], (Y, firms.ONE_ACTIVE)),
        ([(X, "WICK LAMPS LTD", GONE), (Z, "WICK LAMPS LTD", GONE), (Y, "WICK LAMPS LIMITED", LIVING)], (Y, firms.ONE_ACTIVE)),
        ([(X, "WICK LAMPS LTD", LIVING), (Y, "WICK LAMPS LIMITED", LIVING)], (None, SEVERAL)),
        ([(X, "WICK LAMPS LTD", GONE), (Y, "WICK LAMPS LIMITED", GONE)], (None, SEVERAL)),
        ([(X, "WICK LAMPS LTD", LIVING), (X, "WICK LAMPS LIMITED", LIVING)], (X, firms.ONE)),
        ([(X, "WICK LAMPS LTD", LIVING), (X, "WICK LAMPS LTD", GONE)], (X, firms.ONE)),
        ([(X, "WICK LAMPS PLC", LIVING)], None),
        ([(X, "WICK LAMPS", LIVING)], None),
        ([], None),
    ],
)
def test_name_is_that_of_the_one_company_that_is_not_dissolved(companies: list[tuple[str, str, str | None]], expected: tuple[object, ...] | None) -> None:
    assert found("Wick Lamps Ltd", companies) == expected


def test_name_without_a_form_is_nobody_s_even_where_a_company_bears_it() -> None:
    assert found("Wick Lamps", [(X, "WICK LAMPS", LIVING), (Y, "WICK LAMPS LTD", LIVING)]) is None


def test_name_somebody_on_the_other_registers_bears_is_not_asked_for() -> None:
    assert found("Wick Lamps Ltd", [(X, "WICK LAMPS LTD", LIVING)], borne="WICK LAMPS") is None


def test_name_with_a_number_is_not_asked_for() -> None:
    assert found("Wick Lamps Ltd", [(X, "WICK LAMPS LTD", LIVING)], number=Y) is None


def test_companies_of_another_standing_are_none() -> None:
    assert found("Wick Lamps Ltd", [(X, "WICK LAMPS LTD", LIVING)], standing="example") is None


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (("WICK LAMPS LIMITED", X), (X, firms.ONE)),
        (("WICK LAMPS LIMITED", Y), (None, firms.CONTRADICTED)),
        (("WICK LAMPS", CHARITY), (None, firms.CONTRADICTED)),
        (("WICK LAMPS PLC", Y), (X, firms.ONE)),
        (("OTHER LAMPS LIMITED", Y), (X, firms.ONE)),
    ],
)
def test_a_number_declared_for_the_name_speaks_against_another_company(declared: tuple[str, str], expected: tuple[object, ...]) -> None:
    assert found("Wick Lamps Ltd", [(X, "WICK LAMPS LTD", LIVING)], declared=declared) == expected


def test_company_whose_number_is_a_charity_s_is_that_charity() -> None:
    because = f"It is, its legal form included, the name of one company on the companies register, whose number is that of {CHARITY}."
    assert found("Wick Lamps Ltd", [(X, "WICK LAMPS LTD", LIVING)], charity_of=CHARITY) == (CHARITY, because)


def test_name_of_three_letters_is_not_enough() -> None:
    assert found("WLS Ltd", [(X, "WLS LTD", LIVING)]) == (None, "A name of one to three letters is too often somebody else's.")
