import pytest

from opencompact.records.rules.recognise import HEADER_WITHIN, NO_HEADER, document_card, header_names, header_row, near_miss, why
from opencompact.registry import load_catalogue
from opencompact.registry.cards import Recognise, Source

REAL = tuple(load_catalogue().sources.values())
GRANTS = ["Identifier", "Title", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Name", "Funding Org:Name"]
PAYMENTS = ["Payment Date", "Amount", "Organisational Unit", "Beneficiary Name", "Company Number", "Charity Number"]
PAGE = {"base_path": "/government/consultations/sample", "schema_name": "consultation", "document_type": "closed_consultation", "details": {}, "links": {}}


def card(slug, **known):
    form = known.pop("form", "table")
    return Source(slug=slug, title=slug, publisher="Sample", licence="", standing="real", table="payment_lines", format=form, recognise=Recognise(**known))


def known_as(rows, *, cards=REAL, path="sample.csv", any_value=False):
    found = header_row(rows, cards, path=path, any_value=any_value)
    return None if found is None else (found[0], found[1].slug)


def test_header_below_a_title_and_notes_is_found():
    rows = [["Payments of the Sample Office"], [], ["Note: sample"], ["PAYEE", " amount "], ["Sample", "1"]]
    assert known_as(rows, cards=[card("sample", columns=("Payee", "Amount"))]) == (3, "sample")


def test_header_is_looked_for_in_the_first_rows_alone():
    rows = [["x"]] * HEADER_WITHIN + [["Payee"]]
    assert known_as(rows, cards=[card("sample", columns=("Payee",))]) is None
    assert known_as(rows[1:], cards=[card("sample", columns=("Payee",))]) == (HEADER_WITHIN - 1, "sample")


def test_card_asking_for_most_wins():
    cards = [card("few", columns=("a",)), card("most", columns=("a", "b")), card("other", columns=("a", "z"))]
    assert known_as([["a", "b", "c"]], cards=cards) == (0, "most")


def test_card_asking_for_values_wins_where_they_fit():
    cards = [card("any", columns=("a", "b")), card("values", columns=("a",), values={"a": ("Sample*",)})]
    assert known_as([["a", "b"], ["nothing", ""], [], [" sample one ", ""]], cards=cards) == (0, "values")
    assert known_as([["a", "b"], ["nothing", ""]], cards=cards) == (0, "any")


def test_values_of_an_invented_country_do_not_matter_and_the_general_card_wins():
    cards = [card("any", columns=("a",)), card("values", columns=("a",), values={"a": ("Real*",)})]
    assert known_as([["a"], ["Sample"]], cards=cards, any_value=True) == (0, "any")
    assert known_as([["a"], ["Sample"]], cards=cards[1:], any_value=True) == (0, "values")


def test_columns_that_must_be_absent_and_names_are_heeded():
    cards = [card("lean", columns=("a",), without_columns=("b",)), card("named", columns=("a", "b"), names=("spend/*.csv",))]
    assert known_as([["a"]], cards=cards, path="other.csv") == (0, "lean")
    assert known_as([["a", "b"]], cards=cards, path="other.csv") is None
    assert known_as([["a", "b"]], cards=cards, path="in/spend/2031.csv") == (0, "named")


def test_json_cards_answer_to_no_table():
    assert known_as([["a"]], cards=[card("sample", keys=("a",), form="json")]) is None


@pytest.mark.parametrize(
    ("identifier", "slug"),
    [
        ("360G-cabinetoffice-sample-1", "government-grants-awards"),
        ("360G-lbfew-sample-1", "lloyds-bank-foundation-grants"),
        ("360G-indigotrust:sample-1", "indigo-trust-grants"),
        ("360G-fundingproviders-sample-1", "threesixtygiving-table-examples"),
        ("360G-samplefund-1", "threesixtygiving-table"),
    ],
)
def test_grants_are_known_by_the_prefix_of_their_identifiers(identifier, slug):
    assert known_as([GRANTS, [identifier, "", "GBP", "1", "2031-01-01", "Sample", "Sample"]]) == (0, slug)


def test_payments_of_the_cabinet_office_are_known_by_its_units():
    assert known_as([PAYMENTS, ["2031-07-01", "1", "CABINET OFFICE", "Sample", "", ""]]) == (0, "cabinet-office-payments")
    assert known_as([PAYMENTS, ["2031-07-01", "1", "Sample Office", "Sample", "", ""]]) is None


def test_register_is_known_by_its_numbers():
    assert known_as([["org_id", "name"], ["GB-CHC-980001", "Sample"]]) == (0, "register-names")
    assert known_as([["org_id", "name"], ["980001", "Sample"]]) is None
    assert known_as([["org_id", "name", "amount"], ["GB-CHC-980001", "Sample", "1"]]) is None


@pytest.mark.parametrize(
    ("document", "slug"),
    [
        ({"grants": [{"id": "360G-samplefund-1", "awardDate": "2031-07-01"}]}, "threesixtygiving-json"),
        ({"grants": [{"id": "360G-dulverton-sample", "fundingOrganization": [{"id": "360G-dulverton"}]}]}, "dulverton-trust-grants"),
        ({"grants": [{}, {"id": "360G-fundingproviders-sample"}]}, "threesixtygiving-json-examples"),
        ({"grants": None}, None),
        ({"uri": "https://www.contractsfinder.service.gov.uk/sample", "publisher": {}, "releases": []}, "contracts-finder"),
        ({"uri": "https://sample.example/", "publisher": {}, "releases": []}, None),
        (PAGE, "govuk-consultations"),
        ({**PAGE, "base_path": "/government/consultations/post-office-network"}, "govuk-consultation-examples"),
        ({**PAGE, "schema_name": "news_article"}, None),
        ({"other": 1}, None),
        ([{"grants": []}], None),
        ("grants", None),
    ],
)
def test_document_is_known_by_its_keys_and_values(document, slug):
    found = document_card(document, REAL, path="sample.json", form="json")
    assert (found and found.slug) == slug


def test_document_of_an_invented_country_is_known_by_its_keys():
    found = document_card({"uri": "https://sample.example/", "publisher": {}, "releases": []}, REAL, path="sample.json", form="json", any_value=True)
    assert found.slug == "contracts-finder"
    invented = document_card({"grants": []}, [known for known in REAL if known.standing == "real"], path="sample.json", form="json", any_value=True)
    assert invented.slug == "threesixtygiving-json"


def test_form_of_a_document_is_heeded():
    assert document_card({"a": 1}, [card("sample", keys=("a",), form="json")], path="x", form="jsonl") is None


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [["old notes"], ["Payment Date", "Amount", "Beneficiary Name", "Company Number"]],
            "it comes nearest to cabinet-office-payments, but has no column Organisational Unit, Charity Number",
        ),
        ([PAYMENTS], "it has the columns of cabinet-office-payments, but not the values that card expects of its publisher"),
        ([["Day", "Pounds"]], "its columns answer to no source card"),
        ([], "its columns answer to no source card"),
    ],
)
def test_near_miss_says_what_was_wanting(rows, told):
    assert near_miss(rows, [known for known in REAL if known.slug == "cabinet-office-payments"]) == told


def test_near_miss_without_cards_says_so():
    assert near_miss([["a"]], []) == "its columns answer to no source card"


CATALOGUE = load_catalogue()
FAMILY = [CATALOGUE.sources["council-payments"], CATALOGUE.sources["nhs-payments"]]
ROW = ["Sample Trust Ltd", "2031-07-01", "1,200.00"]


def family_of(rows, *, path="sample/x.csv", any_value=False):
    found = header_row(rows, FAMILY, path=path, any_value=any_value, vocabularies=CATALOGUE.vocabularies)
    return None if found is None else (found[0], found[1].slug)


def test_family_is_known_by_any_of_the_names_publishers_give():
    assert family_of([["Sample Town Council"], ["Suppklier", "Paid Date", "Nett amount"], ROW]) == (1, "council-payments")


def test_family_takes_one_column_by_its_looks_and_no_more():
    assert family_of([["Supplier", "When", "Amount"], ROW]) == (0, "council-payments")
    assert family_of([["Supplier", "When", "How much"], ROW]) is None
    assert family_of([["Supplier", "Amount"], ["Sample Trust Ltd", "1.00"]]) is None


@pytest.mark.parametrize("header", ["Award Date", "contract title", "Recipient Org:Name"])
def test_family_leaves_tables_of_another_kind(header):
    assert family_of([["Supplier", "Date", "Amount", header], [*ROW, "x"]]) is None


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("raw/nhs/x.csv", [["Supplier", "Date", "Amount"], ROW]),
        ("x.csv", [["NHS Sample Trust"], ["Supplier", "Date", "Amount"], ROW]),
        ("x.csv", [["Supplier", "Date", "Amount", "Entity"], [*ROW, "NHS Sample CCG"]]),
    ],
)
def test_family_of_nhs_bodies_says_so_in_its_name_titles_or_payers(path, rows):
    assert family_of(rows, path=path)[1] == "nhs-payments"


def test_words_a_family_asks_for_do_not_matter_in_the_invented_country():
    assert family_of([["Supplier", "Date", "Amount"], ROW], any_value=True) == (0, "council-payments")


def test_table_without_a_header_is_known_where_its_family_may_be():
    rows = [["Sample Trust Ltd", "2031-07-01", "1.50"], ["Sample CIC", "2031-07-02", "2.50"], ["Sample", "2031-07-03", "3"]]
    assert family_of(rows, path="nhs/x.csv") == (NO_HEADER, "nhs-payments")
    assert family_of(rows) is None


def test_card_with_a_mapping_and_no_columns_is_known_by_the_files_name():
    named = card("named", names=("sample.csv",))
    mapped = Source(**{name: getattr(named, name) for name in named.__struct_fields__ if name != "mapping"}, mapping={"amount": "column 1"})
    assert known_as([["1"]], cards=[mapped], path="x/sample.csv") == (NO_HEADER, "named")


def test_header_names_reach_as_far_as_most_rows_do():
    assert header_names([["a ", "b"], ["1", "2", "#N/A"], ["1", "2", "#N/A"], ["1", "2"]], 0) == ["a", "b", ""]
    assert header_names([["a", "b", "c"], ["1"], ["2"]], 0) == ["a", "b", "c"]
    assert header_names([["1", "2"]], NO_HEADER) == ["", ""]
    assert header_names([["a"]], 0) == ["a"]


def test_why_says_how_the_file_was_known():
    assert why(FAMILY[0], 2) == "row 3 names its columns as files of council-payments do"
    assert why(FAMILY[1], NO_HEADER, sheet="April") == "it has no header, and its columns look like those of nhs-payments (sheet April)"
    assert why(card("x", columns=("a", "b")), 0) == "row 1 has the columns a, b"
