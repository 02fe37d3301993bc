import pytest
from tests.records.runs import catalogue_of, read, rows, write

from opencompact.registry import BadCard, with_sources

CARD = """title: Own
publisher: Sample
licence: ""
standing: real
table: payment_lines
format: table
body: sample-body
dates: day_first
recognise: {columns: [Who, Sum]}
known_columns: ["*"]
mapping: {payee_name: Who, amount: Sum}
"""


def own(folder, card=CARD, *, name="own_spend"):
    return with_sources(catalogue_of("council-payments"), write(folder, {f"own/{name}/source.yml": card, "own/note.txt": "x"}) / "own")


def test_card_of_a_folder_reads_files_by_its_mapping(tmp_path):
    lake = read(tmp_path / "w", [write(tmp_path / "in", {"x.csv": "Who,Sum\nSample Ltd,1.50\n"})], catalogue=own(tmp_path))
    assert rows(lake, "SELECT body, payee_name, CAST(amount AS VARCHAR) AS amount, source FROM payment_lines") == [
        {"body": "sample-body", "payee_name": "Sample Ltd", "amount": "1.50", "source": "own-spend"}
    ]
    told = rows(lake, "SELECT because, columns_read FROM sources")[0]
    assert told["because"] == "row 1 has the columns Who, Sum"
    assert told["columns_read"].splitlines()[0] == "Column 1 'Who' was taken for the payee: its card says so."


def test_folder_that_is_not_there_adds_nothing(tmp_path):
    held = catalogue_of("council-payments")
    assert with_sources(held, tmp_path / "none").sources == held.sources


def test_card_without_a_mapping_is_refused(tmp_path):
    with pytest.raises(BadCard, match="found no `mapping`"):
        own(tmp_path, CARD.replace("mapping:", "# mapping:"))


def test_name_of_another_source_is_refused(tmp_path):
    with pytest.raises(BadCard, match="the slug council-payments is taken"):
        own(tmp_path, name="council_payments")


def test_card_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(BadCard):
        own(tmp_path, CARD + "unknown: 1\n")
