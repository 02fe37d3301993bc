from datetime import date
from decimal import Decimal

import msgspec
from tests.records.plans import WORDS, run, table

from opencompact.records.rules.mapped_files import mapped_plan
from opencompact.records.rules.plan import Found
from opencompact.registry import load_catalogue
from opencompact.registry.cards import Recognise, Source

CARD = Source(
    slug="own", title="Own", publisher="Sample", licence="", standing="real", table="", format="table", recognise=Recognise(columns=("a",)), dates="day_first"
)


def read(kind, mapping, headers, *rows, body=""):
    card = msgspec.structs.replace(CARD, table=kind, mapping=mapping)
    raw = table(*rows)
    file = Found(card, headers, body, WORDS, vocabularies=load_catalogue().vocabularies, file_name="x.csv")
    file.values = lambda place: raw.column(place + 1).to_pylist()
    kept, problems = run(mapped_plan(file), raw, bodies={"sample office": "sample-office"})
    return kept, problems, file


def test_payments_by_a_mapping_read_its_columns_alone():
    rows, problems, file = read("payment_lines", {"payee_name": "Who", "amount": "column 2"}, ("Who", "", "Date"), ("Sample", "1.50", "x"), body="sample-body")
    assert (rows[0]["payee_name"], rows[0]["amount"], rows[0].get("paid_on"), problems) == ("Sample", Decimal("1.50"), None, [])
    assert file.said == ["Column 1 'Who' was taken for the payee: its card says so.", "Column 2 was taken for the amount: its card says so."]


def test_grants_by_a_mapping():
    mapping = {"recipient_name": "Who", "amount": "Sum", "awarded_on": "When", "body": "Funder", "charity_number": "No", "title": "gone"}
    headers = ("Who", "Sum", "When", "Funder", "No")
    rows, problems, file = read(
        "grant_lines", mapping, headers, ("Sample Trust", "£5", "16/07/2031", "Sample Office", "980011"), ("", "much", "31/06/2031", "Other", "")
    )
    assert rows == [
        {
            "grant_id": "own/x.csv/2",
            "body": "sample-office",
            "funder_name": "Sample Office",
            "awarded_on": date(2031, 7, 16),
            "amount": Decimal("5.00"),
            "recipient_name": "Sample Trust",
            "charity_number": "980011",
            "recipient_org_id": "GB-CHC-980011",
        }
    ]
    assert problems == [
        (3, "Sum", "not_an_amount", "row_refused"),
        (3, "When", "no_such_date", "value_missing"),
        (3, "the recipient", "missing", "row_refused"),
    ]
    assert file.said[0] == "Column 1 'Who' was taken for the recipient: its card says so."


def test_grants_without_a_funder_are_of_the_cards_body_else_of_the_card():
    mapping, headers = {"recipient_name": "Who", "amount": "Sum"}, ("Who", "Sum")
    assert read("grant_lines", mapping, headers, ("Sample", "1"), body="sample-body")[0][0]["body"] == "sample-body"
    assert read("grant_lines", mapping, headers, ("Sample", "1"))[0][0]["body"] == "own"


def test_consultations_by_a_mapping():
    mapping = {"title": "Name", "opened_on": "From", "closed_on": "To", "url": "Link"}
    rows, problems, _ = read(
        "consultation_lines",
        mapping,
        ("Name", "From", "To", "Link"),
        ("Sample Boats", "01/07/2031", "20/08/2031", "https://sample.example/boats/"),
        ("Sample Ferries", "02/07/2031", "01/07/2031", ""),
        ("Sample Quays", "", "01/07/2031", ""),
        body="sample-office",
    )
    assert [(row["consultation_id"], row["days_open"]) for row in rows] == [("sample-office/boats", 50), ("sample-office/sample-ferries", -1)]
    assert problems == [(3, "", "dates_out_of_order", "kept"), (4, "From", "missing", "row_refused")]
