"""Identify puts bodies, links and organisations from the lines and registers of an invented country."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from opencompact.lake import Change, Lake
from opencompact.organisations.actions.identifying import identify
from opencompact.registry import load_catalogue, load_shapes

Rows = list[dict[str, Any]]
LAMPS = "sample-department-for-lamps"
ORIGIN = {"source": "sample", "standing": "sample", "source_file": "sample.csv", "source_row": 2}
REGISTER = {**ORIGIN, "register": "charity-commission", "name_kind": "main", "kind": "charity"}
TRUST, TWIN, OTHER, GUILD = "GB-CHC-1900001", "GB-CHC-1900002", "GB-CHC-1900003", "GB-CHC-1900004"
COMPANY = "98000001"


def registers() -> Rows:
    return [
        {**REGISTER, "organisation_id": TRUST, "name": "The Lantern Trust", "income": Decimal(9000), "income_year_ends_on": date(2030, 3, 31)},
        {
            **REGISTER,
            "organisation_id": TRUST,
            "name": "Lantern Friends",
            "name_kind": "other",
            "income": Decimal(10000),
            "income_year_ends_on": date(2031, 3, 31),
        },
        {**REGISTER, "organisation_id": TWIN, "name": "Quill Circle"},
        {**REGISTER, "organisation_id": OTHER, "name": "QUILL CIRCLE LTD", "income": Decimal(5)},
        {**REGISTER, "organisation_id": GUILD, "name": "Lamp Guild Limited", "company_number": COMPANY},
        {
            **REGISTER,
            "organisation_id": "GB-GOR-D9901",
            "name": "Department for Lamps",
            "register": "govuk-organisations",
            "kind": "public_body",
            "slug": LAMPS,
            "registered_on": date(2031, 4, 1),
        },
        {**REGISTER, "organisation_id": "GB-CHC-1900009", "name": "Example Trust", "standing": "example"},
    ]


def payment(name: str | None, org_id: str | None = None, **more: Any) -> dict[str, Any]:
    return {**ORIGIN, "body": LAMPS, "payee_name": name, "payee_org_id": org_id, "amount": Decimal(1), **more}


def tables() -> dict[str, Rows]:
    grant = {
        **ORIGIN,
        "grant_id": "g",
        "body": "GB-CHC-1900001",
        "funder_name": "Lantern Trust (funder)",
        "recipient_name": "Wick Works",
        "recipient_org_id": "GB-COH-98000009",
    }
    contract = {
        **ORIGIN,
        "ocid": "o",
        "award_id": "1",
        "supplier_place": 1,
        "body": "feed-7",
        "buyer_name": "Nowhere Borough Council",
        "supplier_name": "T OKKELBY",
    }
    return {
        "register_names": registers(),
        "payment_lines": [
            payment(" lantern trust (the) "),
            payment("Quill Circle"),
            payment("Whoever", TRUST),
            payment("Guild", f"GB-COH-{COMPANY}"),
            payment("Wick Works Ltd", "GB-COH-98000009"),
            payment("Wick Works Ltd", "GB-COH-98000009"),
            payment("DEPARTMENT FOR LAMPS"),
            payment("Unknown Lamps Ltd"),
            payment(None),
            payment("Example Trust", standing="example"),
        ],
        "grant_lines": [grant],
        "contract_lines": [contract],
        "consultation_lines": [
            {**ORIGIN, "consultation_id": "c", "body": LAMPS, "bodies": f"{LAMPS};sample-office-for-wicks"},
            {**ORIGIN, "consultation_id": "d", "body": "only-an-example", "standing": "example"},
        ],
    }


@pytest.fixture
def change(tmp_path: Path) -> Iterator[Change]:
    with Lake(tmp_path, load_shapes()).change() as made:
        for table, rows in tables().items():
            made.put_rows(table, rows)
        identify(made, catalogue=load_catalogue())
        yield made


def test_links_go_by_identifier_then_by_name(change: Change) -> None:
    found = change.con.execute("SELECT published_name, published_org_id, organisation_id, link_stage, may_name FROM links").fetchall()
    assert found == [
        ("", "", None, "none", False),
        ("DEPARTMENT FOR LAMPS", "", "GB-GOR-D9901", "exact", True),
        ("Guild", f"GB-COH-{COMPANY}", GUILD, "identifier", True),
        ("Quill Circle", "", None, "review", False),
        ("T OKKELBY", "", None, "none", False),
        ("Unknown Lamps Ltd", "", None, "none", True),
        ("Whoever", TRUST, TRUST, "identifier", True),
        ("Wick Works", "GB-COH-98000009", "GB-COH-98000009", "identifier", True),
        ("Wick Works Ltd", "GB-COH-98000009", "GB-COH-98000009", "identifier", True),
        ("lantern trust (the)", "", TRUST, "exact", True),
    ]


def test_links_say_why(change: Change) -> None:
    found = dict(change.con.execute("SELECT published_name, because FROM links").fetchall())
    assert found == {
        "": "No name was published.",
        "DEPARTMENT FOR LAMPS": "By the naming rules it is the name of one public body alone.",
        "Guild": "The publisher gave the company number of Lamp Guild Limited, which is a registered charity.",
        "Quill Circle": "2 organisations on the registers bear this name.",
        "T OKKELBY": "No organisation on the registers held bears this name.",
        "Unknown Lamps Ltd": "No organisation on the registers held bears this name.",
        "Whoever": f"The publisher gave the identifier {TRUST}.",
        "Wick Works": "The publisher gave the identifier GB-COH-98000009.",
        "Wick Works Ltd": "The publisher gave the identifier GB-COH-98000009.",
        "lantern trust (the)": "By the naming rules it is the name of one organisation alone on the registers held.",
    }


def test_organisations_are_those_on_registers_and_those_identified(change: Change) -> None:
    found = change.con.execute(
        "SELECT organisation_id, name, kind, is_voluntary, is_general_charity, size_band, on_register, other_ids, standing FROM organisations"
    ).fetchall()
    assert found == [
        (TRUST, "The Lantern Trust", "charity", True, True, "small", True, None, "sample"),
        (TWIN, "Quill Circle", "charity", True, True, "not_held", True, None, "sample"),
        (OTHER, "QUILL CIRCLE LTD", "charity", True, True, "micro", True, None, "sample"),
        (GUILD, "Lamp Guild Limited", "charity", True, True, "not_held", True, f"GB-COH-{COMPANY}", "sample"),
        ("GB-COH-98000009", "Wick Works Ltd", "company", False, None, "not_held", False, None, "sample"),
        ("GB-GOR-D9901", "Department for Lamps", "public_body", False, False, "not_held", True, None, "sample"),
    ]


def test_organisation_income_is_the_latest_on_the_register(change: Change) -> None:
    found = change.con.execute("SELECT income, income_year_ends_on FROM organisations WHERE organisation_id = ?", [TRUST]).fetchall()
    assert found == [(Decimal(10000), date(2031, 3, 31))]


def test_bodies_are_those_on_the_register_and_those_that_occur(change: Change) -> None:
    found = change.con.execute("SELECT body, name, kind, organisation_id, started_on, ended_on, history, standing FROM bodies").fetchall()
    assert found == [
        ("GB-CHC-1900001", "The Lantern Trust", "funder", "GB-CHC-1900001", None, None, "GB-CHC-1900001", "sample"),
        ("feed-7", "Nowhere Borough Council", "council", None, None, None, "feed-7", "sample"),
        (LAMPS, "Department for Lamps", "department", "GB-GOR-D9901", "2031-04-01", None, LAMPS, "sample"),
        ("sample-office-for-wicks", "Sample office for wicks", "other", None, None, None, "sample-office-for-wicks", "sample"),
    ]


def test_same_rows_in_another_order_give_the_same_bytes(change: Change, tmp_path: Path) -> None:
    with Lake(tmp_path / "again", load_shapes()).change() as again:
        for table, rows in tables().items():
            again.put_rows(table, rows[::-1])
        identify(again, catalogue=load_catalogue())
        for table in ("bodies", "links", "organisations"):
            assert [part.sha256 for part in again.after[table]] == [part.sha256 for part in change.after[table]]


def test_history_carries_a_known_body_on(tmp_path: Path) -> None:
    real = {**ORIGIN, "standing": "real"}
    with Lake(tmp_path, load_shapes()).change() as made:
        for table in tables():
            made.put_rows(table, [])
        made.put_rows("consultation_lines", [{**real, "consultation_id": "c", "body": "department-of-health"}])
        identify(made, catalogue=load_catalogue())
        found = made.con.execute("SELECT body, name, predecessors, successors, history FROM bodies").fetchall()
    new = "department-of-health-and-social-care"
    assert found == [
        ("department-of-health", "Department of Health", None, new, new),
        (new, "Department of Health & Social Care", "department-of-health", None, new),
    ]


def test_empty_tables_give_empty_tables(tmp_path: Path) -> None:
    with Lake(tmp_path, load_shapes()).change() as made:
        for table in tables():
            made.put_rows(table, [])
        identify(made, catalogue=load_catalogue())
        assert [made.con.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("bodies", "links", "organisations")] == [(0,), (0,), (0,)]


LAMP_SHOP, SHOP_COMPANY, NAMELESS = "GB-CHC-1900007", "GB-COH-98000007", "GB-COH-98000008"


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Any]:
    """Makes the change in which these payments and grants, beside the registers, are identified."""
    with Lake(tmp_path, load_shapes()).change() as made:

        def of(payments: Rows, grants: Rows | None = None) -> Change:
            for table in tables():
                made.put_rows(table, {"register_names": registers(), "payment_lines": payments, "grant_lines": grants or []}.get(table, []))
            identify(made, catalogue=load_catalogue())
            return made

        yield of


def test_numbers_published_on_one_row_are_one_organisation(linked: Any) -> None:
    both = payment("Lamp Shop Ltd", LAMP_SHOP, charity_number="1900007", company_number="98000007")
    made = linked([both, payment("LAMP SHOP", SHOP_COMPANY, charity_number="n/a", company_number="98000007")])
    because = f"The publisher gave the company number {SHOP_COMPANY}; {LAMP_SHOP} is the one charity number that the record gives beside it."
    assert made.con.execute("SELECT published_name, organisation_id, link_stage, because FROM links").fetchall() == [
        ("LAMP SHOP", LAMP_SHOP, "identifier", because),
        ("Lamp Shop Ltd", LAMP_SHOP, "identifier", f"The publisher gave the identifier {LAMP_SHOP}."),
    ]
    found = made.con.execute("SELECT organisation_id, name, kind, other_ids, on_register FROM organisations WHERE name ILIKE 'lamp shop%'").fetchall()
    assert found == [(LAMP_SHOP, "LAMP SHOP", "charity", SHOP_COMPANY, False)]


def test_identifiers_declared_by_grants_are_joined_too(linked: Any) -> None:
    grant = {**tables()["grant_lines"][0], "recipient_name": "Lantern Trust", "recipient_org_id": TRUST, "company_number": "98000007"}
    made = linked([payment("Lanterns", SHOP_COMPANY, company_number="98000007")], [grant])
    assert made.con.execute("SELECT organisation_id FROM links").fetchall() == [(TRUST,), (TRUST,)]
    assert made.con.execute("SELECT name, other_ids FROM organisations WHERE organisation_id IN (?, ?)", [TRUST, SHOP_COMPANY]).fetchall() == [
        ("The Lantern Trust", SHOP_COMPANY)
    ]


def test_company_published_beside_two_charities_stays_a_company(linked: Any) -> None:
    rows = [payment(f"Branch {number}", f"GB-CHC-{number}", charity_number=number, company_number="98000007") for number in ("1900007", "1900008")]
    made = linked([*rows, payment("Lamp Shop", SHOP_COMPANY, company_number="98000007")])
    assert made.con.execute("SELECT organisation_id FROM links WHERE published_name = 'Lamp Shop'").fetchall() == [(SHOP_COMPANY,)]


@pytest.mark.parametrize(
    ("declared", "stage", "because"),
    [
        (TRUST, "exact", "By the naming rules it is the name of one organisation alone on the registers held."),
        (LAMP_SHOP, "review", "The record gives this name another number than that of the one organisation that bears it."),
        (SHOP_COMPANY, "review", "The record gives this name another number than that of the one organisation that bears it."),
    ],
)
def test_name_is_linked_only_where_no_row_of_that_name_gives_another_number(linked: Any, declared: str, stage: str, because: str) -> None:
    made = linked([payment("LANTERN TRUST"), payment("The Lantern Trust", declared)])
    found = made.con.execute("SELECT link_stage, because FROM links WHERE published_org_id = ''").fetchall()
    assert found == [(stage, because)]


def test_company_number_of_the_charity_itself_does_not_speak_against_its_name(linked: Any) -> None:
    made = linked([payment("LAMP GUILD"), payment("Lamp Guild", f"GB-COH-{COMPANY}")])
    assert made.con.execute("SELECT organisation_id, link_stage FROM links").fetchall() == [(GUILD, "exact"), (GUILD, "identifier")]


def test_payee_whose_name_is_withheld_stays_unidentified_whatever_its_number(linked: Any) -> None:
    made = linked([payment("REDACTED PERSONAL DATA", NAMELESS), payment("Details redacted", TRUST), payment("Name withheld")])
    assert made.con.execute("SELECT published_name, organisation_id, link_stage, because, may_name FROM links").fetchall() == [
        ("Details redacted", None, "none", "The publisher withheld the name.", False),
        ("Name withheld", None, "none", "The publisher withheld the name.", False),
        ("REDACTED PERSONAL DATA", None, "none", "The publisher withheld the name.", False),
    ]
    assert made.con.execute("SELECT count(*) FROM organisations WHERE organisation_id = ? OR name ILIKE '%redacted%'", [NAMELESS]).fetchone() == (0,)


def test_organisation_takes_its_name_from_a_row_that_has_one(linked: Any) -> None:
    made = linked([payment("REDACTED", NAMELESS), payment(None, NAMELESS), payment("Wick Works", NAMELESS)])
    assert made.con.execute("SELECT name FROM organisations WHERE organisation_id = ?", [NAMELESS]).fetchall() == [("Wick Works",)]


def test_organisation_without_any_name_has_no_row(linked: Any) -> None:
    made = linked([payment(None, NAMELESS)])
    assert made.con.execute("SELECT name FROM organisations WHERE organisation_id = ?", [NAMELESS]).fetchall() == []


def test_register_entry_whose_name_is_withheld_has_no_row(tmp_path: Path) -> None:
    with Lake(tmp_path, load_shapes()).change() as made:
        for table in tables():
            made.put_rows(table, [])
        made.put_rows("register_names", [{**REGISTER, "organisation_id": TRUST, "name": "Redacted"}, {**REGISTER, "organisation_id": TWIN, "name": "Quills"}])
        identify(made, catalogue=load_catalogue())
        assert made.con.execute("SELECT organisation_id FROM organisations").fetchall() == [(TWIN,)]


COUNCIL, NEW_COUNCIL = "GB-LAE-SMA", "GB-LAE-SMB"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Any]:
    """Makes the change in which these tables, and nothing else but the registers and a payment to the trust, are identified."""
    with Lake(tmp_path, load_shapes()).change() as made:

        def of(**given: Rows) -> Change:
            for table in {*tables(), *given}:
                rows = {"register_names": registers(), "payment_lines": [payment("Lantern Trust")], **given}.get(table, [])
                made.put_rows(table, rows if table == "readings" else [{**ORIGIN, **row} for row in rows])
            identify(made, catalogue=load_catalogue())
            return made

        yield of


def test_history_is_public_of_those_identified_and_of_what_they_became_alone(told: Any) -> None:
    merged = {"event": "merged_into", "happened_on": date(2031, 1, 1)}
    made = told(
        register_events=[
            {**merged, "organisation_id": TRUST, "other_id": OTHER},
            {**merged, "organisation_id": TWIN, "other_id": GUILD},
            {**merged, "organisation_id": OTHER, "other_id": TRUST, "standing": "example"},
        ]
    )
    found = made.con.execute("SELECT organisation_id, line, word, told, other_id FROM organisation_history").fetchall()
    assert found == [
        (TRUST, "event", "merged_into", None, OTHER),
        (TRUST, "name", "main", "The Lantern Trust", None),
        (TRUST, "name", "other", "Lantern Friends", None),
        (OTHER, "event", "took_over", None, TRUST),
        (OTHER, "name", "main", "QUILL CIRCLE LTD", None),
    ]


def council(org_id: str, name: str, **more: Any) -> dict[str, Any]:
    return {**REGISTER, "organisation_id": org_id, "slug": org_id, "name": name, "kind": "public_body", **more}


def test_council_known_by_two_registers_has_the_end_that_either_tells_and_its_area(told: Any) -> None:
    made = told(
        register_names=[
            council(COUNCIL, "Samplewick Borough Council"),
            council(COUNCIL, "Samplewick Borough Council", removed_on=date(2023, 4, 1), registered_on=date(1974, 4, 1)),
            council(COUNCIL, "A Council of Samplewick", name_kind="other"),
            council(NEW_COUNCIL, "Sampleshire Council"),
        ],
        register_events=[{"organisation_id": COUNCIL, "event": "replaced_by", "happened_on": date(2023, 4, 1), "other_id": NEW_COUNCIL}],
        area_lines=[{"area": "E07980001", "name": "Samplewick", "body": COUNCIL}],
    )
    found = made.con.execute("SELECT body, name, kind, started_on, ended_on, successors, area, history FROM bodies WHERE body LIKE 'GB-LAE-%'").fetchall()
    assert found == [
        (COUNCIL, "Samplewick Borough Council", "council", "1974-04-01", "2023-04-01", NEW_COUNCIL, "E07980001", NEW_COUNCIL),
        (NEW_COUNCIL, "Sampleshire Council", "council", None, None, None, None, NEW_COUNCIL),
    ]


def test_council_parted_among_two_is_carried_on_by_neither(told: Any) -> None:
    parted = {"organisation_id": COUNCIL, "event": "replaced_by"}
    made = told(
        register_names=[council(COUNCIL, "Samplewick Borough Council")],
        register_events=[{**parted, "other_id": NEW_COUNCIL}, {**parted, "other_id": "GB-LAE-SMC"}],
    )
    found = made.con.execute("SELECT successors, history FROM bodies WHERE body = ?", [COUNCIL]).fetchall()
    assert found == [(f"{NEW_COUNCIL};GB-LAE-SMC", COUNCIL)]


def test_income_told_by_year_is_the_latest_wherever_it_stands(told: Any) -> None:
    year = {"organisation_id": TRUST, "year_ends_on": date(2032, 3, 31)}
    made = told(
        register_incomes=[
            {**year, "income": Decimal(20000)},
            {**year, "year_ends_on": date(2033, 3, 31)},
            {**year, "organisation_id": OTHER, "income": Decimal(7), "standing": "example"},
        ]
    )
    found = made.con.execute("SELECT income, income_year_ends_on FROM organisations WHERE organisation_id IN (?, ?) ORDER BY 1", [TRUST, OTHER]).fetchall()
    assert found == [(Decimal(5), None), (Decimal(20000), date(2032, 3, 31))]


def test_accounts_are_of_those_identified_and_stand_for_the_days_of_their_year(told: Any) -> None:
    made = told(
        register_incomes=[
            {"organisation_id": TRUST, "year_starts_on": date(2028, 4, 1), "year_ends_on": date(2029, 3, 31), "income": Decimal(2_000_000)},
            {"organisation_id": TWIN, "year_ends_on": date(2029, 3, 31), "income": Decimal(1)},
        ]
    )
    found = made.con.execute("SELECT organisation_id, from_on, to_on, income, size_band, source_file FROM organisation_accounts").fetchall()
    assert found == [
        (TRUST, date(2028, 4, 1), date(2029, 3, 31), Decimal("2000000.00"), "large", "sample.csv"),
        (TRUST, date(2029, 4, 1), date(2030, 3, 31), Decimal("9000.00"), "micro", "sample.csv"),
        (TRUST, date(2030, 4, 1), date(2031, 3, 31), Decimal("10000.00"), "small", "sample.csv"),
    ]


def test_declared_kind_needs_a_source_that_declares_it_and_a_name_is_none(told: Any) -> None:
    notice = {**ORIGIN, "ocid": "o", "award_id": "1", "supplier_place": 1, "body": "feed-7", "supplier_name": "Whoever", "supplier_org_id": TRUST}
    made = told(
        contract_lines=[{**notice, "supplier_vcse": True, "supplier_scale": "sme"}],
        payment_lines=[payment("Social Enterprise Lamps CIC", "GB-COH-98000008")],
        register_classes=[{"organisation_id": TRUST, "scheme": "social-enterprise-membership", "code": "member"}],
    )
    assert made.con.execute("SELECT organisation_id, declared, evidence FROM organisation_declarations").fetchall() == [
        (TRUST, "sme", "notice-sme"),
        (TRUST, "social_enterprise", "membership-list"),
        (TRUST, "vcse", "notice-vcse"),
    ]


WICKS, WICKS_GONE, BELLS = "GB-COH-98000021", "GB-COH-98000022", "GB-COH-98000023"
OF_COMPANIES = {"source_file": "companies.csv", "status": "Active"}


def company(organisation_id: str, name: str, **more: Any) -> dict[str, Any]:
    return {**ORIGIN, **OF_COMPANIES, "organisation_id": organisation_id, "name": name, **more}


def test_payee_of_a_company_s_whole_name_is_that_firm_and_nobody_else(told: Any) -> None:
    made = told(
        company_names=[
            company(WICKS, "WICK AND BELL LIMITED"),
            company(WICKS_GONE, "WICK & BELL LTD", removed_on=date(2020, 1, 1)),
            company(BELLS, "BELLS LTD"),
        ],
        register_names=[{**REGISTER, "organisation_id": TRUST, "name": "Wick and Bells"}],
        payment_lines=[payment("Wick & Bell Ltd"), payment("WICK AND BELL")],
        readings=[{"source_file": "companies.csv", "sha256": "c0ffee", "state": "read", "because": "sample"}],
    )
    firm = "It is, its legal form included, the name of one company on the companies register that is not dissolved: a firm."
    found = made.con.execute("SELECT published_name, organisation_id, link_stage, because, may_name, register_file, register_sha256 FROM links").fetchall()
    assert found[1] == ("Wick & Bell Ltd", WICKS, "exact", firm, True, "companies.csv", "c0ffee")
    assert found[0][:3] == ("WICK AND BELL", TRUST, "probable")  # without a form it is no firm's
    assert made.con.execute("SELECT published_name FROM link_candidates GROUP BY 1").fetchall() == [("WICK AND BELL",)]
    assert made.con.execute("SELECT count(*) FROM review_queue WHERE published_name = 'Wick & Bell Ltd'").fetchone() == (0,)
    assert made.con.execute(
        "SELECT name, kind, is_voluntary, is_general_charity, size_band, on_register FROM organisations WHERE kind = 'company'"
    ).fetchall() == [("WICK AND BELL LIMITED", "company", False, None, "not_held", True)]


def test_name_of_several_companies_is_linked_to_none_is_likened_to_nobody_and_waits(told: Any) -> None:
    made = told(
        company_names=[company(WICKS, "WICK AND BELL LIMITED"), company(WICKS_GONE, "WICK & BELL LTD")],
        register_names=[{**REGISTER, "organisation_id": TRUST, "name": "Wick and Bells"}],
        payment_lines=[payment("Wick & Bell Ltd")],
    )
    several = "2 companies on the companies register bear this name, its legal form included."
    assert made.con.execute("SELECT organisation_id, link_stage, because FROM links").fetchall() == [(None, "none", several)]
    assert made.con.execute("SELECT count(*) FROM link_candidates").fetchone() == (0,)
    assert made.con.execute("SELECT state, organisation_id FROM review_queue").fetchall() == [("unknown", None)]


def test_a_charity_of_the_name_comes_before_a_company(told: Any) -> None:
    made = told(company_names=[company(WICKS, "LAMP GUILD LTD")], payment_lines=[payment("Lamp Guild Ltd")])
    assert made.con.execute("SELECT organisation_id, link_stage FROM links").fetchall() == [(GUILD, "exact")]
    assert made.con.execute("SELECT count(*) FROM organisations WHERE organisation_id = ?", [WICKS]).fetchone() == (0,)


def test_company_declared_by_its_number_has_the_name_of_the_latest_register(told: Any) -> None:
    editions = [company(WICKS, "OLD WICKS LTD", source_file="2031.csv"), company(WICKS, "SOCIETY OF WICKS CIC LTD", source_file="2032.csv")]
    made = told(company_names=editions, payment_lines=[payment("Wicks", WICKS)])
    assert made.con.execute("SELECT organisation_id, register_file FROM links").fetchall() == [(WICKS, "2032.csv")]
    found = made.con.execute("SELECT name, kind, is_voluntary, on_register FROM organisations WHERE organisation_id = ?", [WICKS]).fetchall()
    assert found == [("SOCIETY OF WICKS CIC LTD", "company", False, True)]


def test_company_on_the_registers_that_is_a_charity_bears_its_name_for_it(told: Any) -> None:
    twice = {**REGISTER, "organisation_id": f"GB-COH-{COMPANY}", "name": "LAMP GUILD LIMITED", "register": "companies-house", "kind": None}
    made = told(register_names=[*registers(), twice], payment_lines=[payment("Lamp Guild")])
    assert made.con.execute("SELECT organisation_id, link_stage FROM links").fetchall() == [(GUILD, "exact")]
