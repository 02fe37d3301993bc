import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.rules.mapped_files import KINDS
from opencompact.records.rules.mapping import card_of, card_text, propose
from opencompact.registry import load_catalogue
from opencompact.registry.cards import Source

WORDS = load_catalogue().vocabularies
PAYMENTS = [
    ["Sample District Council"],
    ["Ref.", "When", "Who was paid", "Amount"],
    ["98000001", "7/16/2031", "Sample Ltd", "1.50"],
    ["98000002", "7/17/2031", "Sample CIC", "2"],
]


def proposed(rows, *, name="sample/x.csv", table="", fix=None):
    return propose(rows, file_name=name, vocabularies=WORDS, table=table, fix=fix)


def test_payments_are_proposed_by_names_and_looks():
    proposal = proposed(PAYMENTS)
    assert (proposal.table, proposal.place, proposal.dates, proposal.slug, proposal.wanting) == ("payment_lines", 1, "month_first", "x", [])
    assert {name: column.header for name, column in proposal.columns.items()} == {
        "transaction_ref": "Ref.",
        "paid_on": "When",
        "payee_name": "Who was paid",
        "amount": "Amount",
    }
    assert proposal.said == ("its days are written month first (as 7/16/2031)",)


def test_grants_and_consultations_are_told_by_their_columns():
    grants = [["Recipient", "Award Date", "Amount Awarded"], ["Sample", "2031-07-01", "5"]]
    consultations = [["Title", "Opened", "Closed"], ["Sample", "2031-07-01", "2031-08-01"]]
    assert [proposed(rows).table for rows in (grants, consultations)] == ["grant_lines", "consultation_lines"]


def test_kind_a_person_gives_is_kept_and_what_it_wants_is_told():
    proposal = proposed(PAYMENTS, table="consultation_lines")
    assert (proposal.table, proposal.wanting) == ("consultation_lines", ["title", "opened_on", "closed_on"])


def test_columns_a_person_chose_replace_all_others():
    proposal = proposed(PAYMENTS, fix={"payee_name": "column 3", "amount": "Amount", "paid_on": "nothing", "title": "Ref."})
    assert {name: (column.place, column.because) for name, column in proposal.columns.items()} == {
        "payee_name": (2, "you chose it"),
        "amount": (3, "you chose it"),
    }


def test_rows_without_a_header_are_read_by_place_and_known_by_the_files_name():
    rows = [["Sample Trust Ltd", f"2031-07-0{day}", "1.50"] for day in range(1, 5)]
    card = card_of(proposed(rows))
    assert card.mapping == {"paid_on": "column 2", "amount": "column 3", "payee_name": "column 1"}
    assert (card.recognise.columns, card.recognise.names) == ((), ("x.csv",))


def test_header_nobody_knows_is_the_first_of_the_fullest_rows():
    assert proposed([["note"], ["a", "b"], ["c", "d"]]).place == 1


def test_body_is_proposed_where_a_vocabulary_knows_it():
    assert proposed([["Payments of Leeds City Council"], *PAYMENTS[1:]]).body == "GB-LAE-LDS"
    assert proposed(PAYMENTS).body == ""


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_card_text_is_a_card_whatever_the_headers(headers):
    rows = [headers, ["Sample Ltd", "1.50", "2031-07-01", "x"][: len(headers)]]
    proposal = proposed(rows, table="payment_lines", fix={"payee_name": "column 1", "amount": "column 2"})
    read = msgspec.convert({**yaml.safe_load(card_text(proposal)), "slug": proposal.slug}, Source)
    assert msgspec.structs.replace(read, url="", note="") == card_of(proposal)


@pytest.mark.parametrize("table", KINDS)
def test_every_field_of_a_kind_has_a_name_in_its_vocabulary(table):
    kind = KINDS[table]
    assert {term["field"] for term in WORDS[kind.headers].terms} == set(kind.fields)
