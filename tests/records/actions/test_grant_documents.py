import io
import json

import openpyxl
import pytest

from opencompact.records.actions.checking import grant_schema
from opencompact.records.actions.decoding import CannotRead
from opencompact.records.actions.grant_documents import read_grants
from opencompact.registry import load_catalogue

SYNONYMS = load_catalogue().vocabularies["grant-headings"].terms


def read(content, name="grants.json"):
    document = read_grants(content, name, schema=grant_schema(), synonyms=SYNONYMS)
    return [grant for grant, _ in document.grants], list(document.rows), document.form, document.remarks


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("content", [b'{"grants": [{"id": "a"}]}', b'\n[{"id": "a"}]', b'{"results": [{"grant_id": "x", "data": {"id": "a"}}], "next": null}'])
def test_json_is_read_in_each_of_its_forms(content):
    assert read(content) == ([{"id": "a"}], [1], "JSON", [])


def test_json_is_known_without_its_name():
    assert read(b'{"grants": [{"id": "a"}]}', "grants.txt")[0] == [{"id": "a"}]


def test_text_of_a_grant_is_as_written():
    document = read_grants(b'{"grants": [{"id":  "a"}]}', "g.json", schema=grant_schema(), synonyms=SYNONYMS)
    assert [text for _, text in document.grants] == [b'{"id":  "a"}']


@pytest.mark.parametrize(
    "content", [b'\xef\xbb\xbf{"grants": [{"id": "caf\xc3\xa9"}]}', b'{"grants": [{"id": "caf\xe9"}]}', '{"grants": [{"id": "café"}]}'.encode("utf-16")]
)
def test_json_of_another_encoding_is_read_and_told(content):
    grants, _, _, remarks = read(content)
    assert (grants, len(remarks)) == ([{"id": "café"}], 1)


@pytest.mark.parametrize(
    ("record", "read_as"),
    [
        (b'{"title": "\\ud800"}', {"title": "?"}),
        (b'{"amountAwarded": 1e9999}', {"amountAwarded": "1e9999"}),
        (b'{"amountAwarded": NaN}', {"amountAwarded": "NaN"}),
    ],
)
def test_values_beyond_a_computers_reach_are_read(record, read_as):
    document = read_grants(b'{"grants": [%s]}' % record, "g.json", schema=grant_schema(), synonyms=SYNONYMS)
    ((grant, text),) = document.grants
    assert (grant, json.loads(text)) == (read_as, read_as)


@pytest.mark.parametrize("content", [b'[{"title": "\\ud800"}]', b'{"results": [{"data": {"title": "\\ud800"}}, 3]}', b'{"grants": [{"title": "\\ud800"}]}'])
def test_half_characters_are_read_in_each_form(content):
    assert read(content)[0][0] == {"title": "?"}


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"", "a.csv", "empty_file"),
        (b"\xef\xbb\xbf \n", "a.json", "empty_file"),
        (b'{"grants": [{"id": "a"}', "a.json", "broken_json"),
        (b'{"grants": [{"id": "a",,}]}', "a.json", "broken_json"),
        (b"[" * 100_000, "a.json", "broken_json"),
        (b'{"grants": {}}', "a.json", "no_grants"),
        (b'{"other": 1}', "a.json", "no_grants"),
        (b'{"grants": []}', "a.json", "no_grants"),
        (b"3", "a.json", "no_grants"),
        (b"NaN", "a.json", "no_grants"),
        (b"a,b,c\n1,2,3\n", "a.csv", "no_grants"),
        (b"Identifier,Title\n,\n", "a.csv", "no_grants"),
        (b"PK\x03\x04 no workbook", "a.xlsx", "broken_workbook"),
    ],
)
def test_what_holds_no_grants_is_refused_in_words(content, name, kind):
    with pytest.raises(CannotRead) as refusal:
        read(content, name)
    assert refusal.value.kind == kind


def test_table_is_read_from_its_header_row_and_keeps_its_rows():
    content = "Grants of the Sample Fund,,\n\nIdentifier,Title,Amount Awarded\na,Sample,10\n,,\nb,Sample,x\n"
    grants = [{"id": "a", "title": "Sample", "amountAwarded": 10}, {"id": "b", "title": "Sample", "amountAwarded": "x"}]
    assert read(content.encode(), "a.csv") == (grants, [4, 6], "text table", [])


def test_text_of_another_encoding_is_told():
    _, _, _, remarks = read("Identifier,Title\na,Café\n".encode("cp1252"), "a.csv")
    assert remarks == ["The text is cp1252, not UTF-8: save it as UTF-8, so that every program reads it alike."]


def test_sheets_of_a_workbook_are_put_together():
    grants = [["Identifier", "Title", "Amount Awarded"], ["a", "Sample", 10], ["b", "Sample", 20]]
    content = workbook(notes=[["Our own words", "here", "and here"]], more=[["Identifier", "Funding Org:Name"], ["b", "Sample Fund"]], grants=grants)
    assert read(content, "a.xlsx") == (
        [
            {"id": "a", "title": "Sample", "amountAwarded": 10},
            {"id": "b", "title": "Sample", "amountAwarded": 20, "fundingOrganization": [{"name": "Sample Fund"}]},
        ],
        [2, 3],
        "workbook",
        [
            "Grants were read from the sheet grants.",
            "The sheet more was added to them by Identifier.",
            "The sheet notes was not read: its headings are not the standard's.",
        ],
    )
