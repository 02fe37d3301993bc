from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.convening.tables import fill_pool, in_state
from tests.office import client

from opencompact.convening.models import PoolContact

NBSP = "\u00a0"
pytestmark = pytest.mark.django_db
POOL = "/roundtables/pool/"
CSV = "Name,Charity,E-mail,Region,What they think\nA Person,A Charity,a@sample.invalid,Wales,cross\nB Person,,b@sample.invalid,Wales,\n"


def workbook(*rows) -> bytes:
    book, held = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def give(name: str, content: bytes):
    return client("central").post(POOL, {"act": "read", "pool": SimpleUploadedFile(name, content)})


def test_csv_good_rows_load_and_what_was_not_kept_is_named() -> None:
    answer = give("pool.csv", CSV.encode("utf-8-sig")).content.decode().replace(NBSP, " ")
    assert [each.name for each in PoolContact.objects.all()] == ["A Person"]
    assert "pool.csv: 1 contact read; 2 cells or columns not kept." in answer
    assert [words in answer for words in ("What they think", "it was not kept", "the organisation")] == [True] * 3
    assert "cross" not in answer


def test_xlsx_is_read_alike() -> None:
    rows = [line.split(",") for line in CSV.splitlines()]
    answer = give("pool.xlsx", workbook(*rows)).content.decode().replace(NBSP, " ")
    assert "pool.xlsx: 1 contact read; 2 cells or columns not kept." in answer


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("pool.csv", b"\xff\xfe\x00", "neither XLSX nor CSV in UTF-8"),
        ("pool.xlsx", b"PK damaged", "found a damaged workbook"),
        ("pool.csv", b"Name\nA", "0 contacts read"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_files_name(name, content, said) -> None:
    response = give(name, content)
    answer = response.content.decode().replace(NBSP, " ")
    assert (response.status_code, name in answer, said in answer) == (422, True, True)


def test_no_file_is_said() -> None:
    response = client("central").post(POOL, {"act": "read"})
    assert (response.status_code, "choose a spreadsheet first" in response.content.decode().replace(NBSP, " ")) == (422, True)


@pytest.mark.parametrize("number", [1, 3])
def test_pool_takes_the_same_queries_whatever_the_rows(number, django_assert_num_queries) -> None:
    fill_pool(number)
    browser = client("central")
    with django_assert_num_queries(7):
        answer = browser.get(POOL).content.decode().replace(NBSP, " ")
    assert answer.count("/roundtables/pool/") >= number


@pytest.mark.parametrize(("words", "found"), [("p2@", True), ("Charity+1", False), ("nobody", False)])
def test_pool_is_found_by_words(words, found) -> None:
    fill_pool(3)
    answer = client("central").get(f"{POOL}?words={words}").content.decode()
    assert ("Person 2" in answer, "Nobody is found." in answer) == (found, words == "nobody")


def test_an_empty_pool_says_what_would_fill_it() -> None:
    assert "The pool is empty. Read it from a spreadsheet" in client("central").get(POOL).content.decode().replace(NBSP, " ")


def test_one_contact_shows_all_that_is_held_and_erases_it() -> None:
    row = in_state("drawn")
    contact = row.invitees.first().contact
    browser, address = client("central"), f"{POOL}{row.invitees.first().contact_id}/"
    answer = browser.get(address).content.decode().replace(NBSP, " ")
    assert [words in answer for words in (contact.name, contact.email, "What grants need", "number 1 in the order")][:3] == [True] * 3
    assert browser.post(address, {"act": "erase"}).headers["Location"] == POOL
    assert (browser.get(address).status_code, contact.name in browser.get(POOL).content.decode().replace(NBSP, " ")) == (404, False)
