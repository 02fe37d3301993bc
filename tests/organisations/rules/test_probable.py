"""When a likely match may not become a link, on invented names."""

import duckdb
import pytest

from opencompact.organisations.rules import probable
from opencompact.organisations.rules.matching_names import spellings
from opencompact.organisations.rules.names import name_rules
from opencompact.registry import load_catalogue

VOCABULARIES = load_catalogue().vocabularies
WORDS = probable.Words(
    {str(word): str(term["class"]) for term in VOCABULARIES["payee-words"].terms for word in term["words"]},
    spellings(VOCABULARIES["name-abbreviations"].terms),
    name_rules(VOCABULARIES["name-rules"].terms),
)
CHARITY = "GB-CHC-1900001"


def why(payee: str, register_name: str, organisation: str = CHARITY) -> str:
    return probable.held_back(payee, register_name, organisation, words=WORDS)


@pytest.mark.parametrize(
    ("payee", "register_name"),
    [
        ("QUILLBROOK LANTERN SOCIE", "Quillbrook Lantern Society"),
        ("QUILLBROOK LANTERN TR", "The Quillbrook Lantern Trust"),
        ("QUILL BROOK LANTERNS", "Quillbrook Lanterns"),
        ("Quillbrook Lantern Societty", "Quillbrook Lantern Society"),
        ("Quillbrook Lantern Society (QLS)", "Quillbrook Lantern Society"),
        ("Quillbrook Lanterns", "Quillbrook Lanterns Advice"),
        ("Quill Lanterns Varrowmere And Wexelshire", "Quill Lanterns"),
        ("Quillbrook Notts Lanterns", "Quillbrook Nottinghamshire Lanterns"),
        ("Quillbrook Hospitals Charitable Funds", "Quillbrook Hospitals Trust Charitable Fund"),
        ("Quillbrook Lanterns Services", "Quillbrook Lanterns"),
    ],
)
def test_the_same_name_damaged_is_not_held_back(payee: str, register_name: str) -> None:
    assert why(payee, register_name) == ""


@pytest.mark.parametrize(
    ("payee", "register_name", "because"),
    [
        ("Quillbrook Lantern CIC", "Quillbrook Lantern", "By law a community interest company cannot be a charity."),
        ("QUILL", "Quill Society of Lamps", "One of the two names is a single word, and the other has more."),
        ("QUILL SOCIETY OF LAMPS", "Quill", "One of the two names is a single word, and the other has more."),
        ("Quill Court Social Group", "Quill Court Scout Group", "Only the payee's name has SOCIAL, and only the register's SCOUT: they may be two."),
        ("North Quillbrook Lanterns", "South Quillbrook Lanterns", "Only the payee's name has NORTH, and only the register's SOUTH: they may be two."),
        ("Quill Hall", "Quill Hall Lanterns of Varrowmere", "More than half of one of the two names is not in the other."),
        (
            "Quillbrook Lanterns Trading",
            "Quillbrook Lanterns",
            "Only the payee's name has TRADING: a charity's trading company is another organisation.",
        ),
        (
            "Quillbrook Lanterns Services Ltd",
            "Quillbrook Lanterns",
            "Only the payee's name has SERVICES: a charity's trading company is another organisation.",
        ),
        (
            "Quillbrook Lanterns",
            "Quillbrook Lanterns Ministries",
            "Only the register's name has MINISTRIES: it may be a church or a fund of a like name.",
        ),
        ("Quillbrook Lantern School", "Quillbrook Lantern", "Only the payee's name has SCHOOL: it may be a public body of a like name."),
        (
            "Quillbrook Lantern Hospital",
            "Quillbrook Lantern Hospital Charity",
            "The register's name may be that of a charity beside the payee, such as one that raises money for it.",
        ),
        (
            "Lanterns NHS Trust",
            "Lanterns NHS Trust",
            "A charity may bear the name of the health service body it raises money for; the payee is more likely the body.",
        ),
    ],
)
def test_what_speaks_against_a_link_is_said(payee: str, register_name: str, because: str) -> None:
    assert why(payee, register_name) == because


@pytest.mark.parametrize(
    "word",
    [
        "NHS",
        "SURGERY",
        "PRACTICE",
        "HOSPITALS",
        "PHARMACY",
        "CLINIC",
        "DENTAL",
        "DOCTORS",
        "GP",
        "MEDICAL",
        "AMBULANCE",
        "COUNCIL",
        "BOROUGH",
        "POLICE",
        "UNIVERSITY",
        "COLLEGE",
        "ACADEMY",
        "PRIMARY",
        "FIRE",
    ],
)
def test_a_word_of_a_public_body_that_only_the_payee_has_holds_back(word: str) -> None:
    assert why(f"Quillbrook Lantern {word}", "Quillbrook Lantern") == f"Only the payee's name has {word}: it may be a public body of a like name."


@pytest.mark.parametrize("word", ["Fund", "Friends", "League", "Trust", "Foundation", "Church", "Mission", "Community"])
def test_a_charity_beside_a_public_body_of_its_name_is_held_back(word: str) -> None:
    assert why("Quillbrook Lantern School", f"Quillbrook Lantern School {word}") == (
        "The register's name may be that of a charity beside the payee, such as one that raises money for it."
    )


@pytest.mark.parametrize("word", ["Centre", "Homes", "National"])
def test_a_word_that_voluntary_organisations_have_too_does_not(word: str) -> None:
    assert why(f"Quillbrook Lantern {word}", "Quillbrook Lantern") == ""


def test_scottish_name_without_the_place_is_held_back() -> None:
    assert why("Quillbrook Lantern Societ", "Quillbrook Lantern Society", "GB-SC-SC012345").startswith("Only the register of Scotland")
    assert why("Quillbrook Scotland Lantern Societ", "Quillbrook Scotland Lantern Society", "GB-SC-SC012345") == ""


def test_initials_are_not_held_back_for_being_one_word() -> None:
    assert probable.held_back("QLAV", "Quillbrook Lanterns And Varrow", CHARITY, words=WORDS) != ""
    assert probable.held_back("QLAV", "Quillbrook Lanterns And Varrow", CHARITY, words=WORDS, stage="initials") == ""


@pytest.mark.parametrize(
    ("payee", "register_name", "is_held_back"),
    [
        ("Quillbrook Lanterns Ltd", "Quillbrook Lanterns", False),
        ("Quillbrook - Lanterns For All", "Quillbrook", False),
        ("Quillbrook (QLV)", "Quillbrook", False),
        ("S1234567 Quillbrook Lanterns", "Quillbrook Lanterns", False),
        ("98123Quillbrook Lanterns", "Quillbrook Lanterns", False),
        ("Quillbrook 360", "3rd Wexel (Quillbrook) Scout Group", True),
        ("Varrow Transport (Quillbrook)", "3rd Wexel (Quillbrook) Scout Group", True),
        ("Quillbrook", "3rd Wexel (Quillbrook) Scout Group", True),
        ("Quillbrook Care (Primary Care) Ltd", "Quillbrook Care", True),
        ("Quillbrook University", "Quillbrook University - Students Union", True),
    ],
)
def test_the_same_part_counts_as_the_name_only_where_both_begin_with_it(payee: str, register_name: str, is_held_back: bool) -> None:
    assert bool(probable.held_back(payee, register_name, CHARITY, words=WORDS, stage="exact")) is is_held_back


def test_shares_are_rounded_so_that_a_few_names_change_none() -> None:
    told = probable.around({"CHC": 900, "SC": 10}).registers
    assert told == probable.around({"CHC": 905, "SC": 10}).registers
    assert (told["CHC"], told["SC"], told[""]) == (0.0, -4.5, -7.5)


def test_links_to_ordinary_companies_tell_nothing_of_the_registers_and_such_names_are_not_asked_for() -> None:
    with duckdb.connect() as con:
        con.execute("""CREATE TABLE decided AS SELECT * FROM (VALUES ('A', '', 'GB-CHC-1', 'exact'), ('B', 'GB-COH-1', 'GB-COH-1', 'identifier'),
            ('C Ltd', '', 'GB-COH-2', 'exact'), ('D', '', NULL, 'none'), ('G', '', 'GB-SC-1', 'reviewed'))
            t (published_name, published_org_id, organisation_id, link_stage)""")
        con.execute("CREATE TABLE firms AS SELECT * FROM (VALUES ('C Ltd', ''), ('E Ltd', '')) t (published_name, published_org_id)")
        con.execute("""CREATE TABLE comparable AS SELECT n AS published_name, '' AS published_org_id, n AS normalised_name, n AS spelling
            FROM (VALUES ('E Ltd'), ('F Ltd')) t (n)""")
        assert sorted(con.execute(probable.shares_sql()).fetchall()) == [("CHC", 1), ("COH", 1)]
        assert con.execute(probable.asked_sql([])).fetchall() == [("F Ltd",)]


@pytest.fixture
def con():
    with duckdb.connect() as held:
        held.execute("CREATE TABLE register_names (organisation_id VARCHAR, name VARCHAR, standing VARCHAR)")
        held.execute("CREATE TABLE twins (organisation_id VARCHAR, stands VARCHAR)")
        held.execute("CREATE TABLE asked (published_name VARCHAR)")
        held.execute(
            """INSERT INTO register_names VALUES ('GB-CHC-1', 'Lamp Trust', 'sample'), ('GB-CHC-1', 'Lamp Trust', 'sample'),
            ('GB-COH-1', 'Lamp Shop', 'sample'),
            ('GB-COH-2', 'Zandric Lamp', 'sample'), ('GB-CHC-9', 'Example', 'example'), ('GB-COH-1', ' ', 'sample')"""
        )
        held.execute("INSERT INTO twins VALUES ('GB-COH-1', 'GB-CHC-1')")
        held.execute("INSERT INTO asked VALUES ('The lamp shop, lamps')")
        yield held


@pytest.mark.parametrize(
    ("most", "kept"),
    [
        (10, [("GB-CHC-1", "Lamp Trust", ""), ("GB-COH-1", "Lamp Shop", "GB-CHC-1"), ("GB-COH-2", "Zandric Lamp", "")]),
        (2, [("GB-CHC-1", "Lamp Trust", ""), ("GB-COH-1", "Lamp Shop", "GB-CHC-1")]),
    ],
)
def test_a_large_register_keeps_of_companies_those_whose_rarest_word_is_asked_for(con, most, kept) -> None:
    assert con.execute(probable.entries_sql("sample", most=most)).fetchall() == kept


def test_twins_are_the_numbers_of_one_organisation(con) -> None:
    con.execute("CREATE TABLE companies (company_id VARCHAR, organisation_id VARCHAR)")
    con.execute("INSERT INTO companies VALUES ('GB-COH-1', 'GB-CHC-1')")
    con.execute("CREATE TABLE register_numbers (organisation_id VARCHAR, relation VARCHAR, other_id VARCHAR)")
    con.execute(
        "INSERT INTO register_numbers VALUES ('GB-CHC-2', 'dual_registered', 'GB-SC-2'), ('GB-CHC-2', 'parent', 'GB-CHC-3'), ('GB-CHC-2', 'company', NULL)"
    )
    assert sorted(con.execute(probable.twins_sql("register_numbers")).fetchall()) == [("GB-COH-1", "GB-CHC-1"), ("GB-SC-2", "GB-CHC-2")]
