import pytest
import yaml

from opencompact.cli import BAD_INPUT
from opencompact.cli import run as program

TABLE = "Ref.,When,Who was paid,Amount\n98000001,16/07/2031,Sample Trust Ltd,1.50\n98000002,17/07/2031,Sample CIC,much\n"


@pytest.fixture
def run(capsys):
    def propose(*arguments):
        code, message = program(["sources", "propose", *map(str, arguments)])
        return code, " ".join((capsys.readouterr().out + message).split())

    return propose


def test_proposal_is_shown_with_its_card(tmp_path, run):
    (tmp_path / "spend.csv").write_text(TABLE)
    code, said = run(tmp_path / "spend.csv")
    assert code == 0
    assert "Read as payments; its header is row 1. 1 of 2 rows would load, 1 would not." in said
    assert 'payee_name: "Who was paid"' in said


def test_folder_is_written_once(tmp_path, run):
    (tmp_path / "spend.csv").write_text(TABLE)
    assert run(tmp_path / "spend.csv", "--out", tmp_path / "own")[0] == 0
    card = yaml.safe_load((tmp_path / "own" / "spend" / "source.yml").read_text())
    assert card["mapping"]["amount"] == "Amount"
    code, said = run(tmp_path / "spend.csv", "--out", tmp_path / "own")
    assert code == BAD_INPUT
    assert "is there. Edit its source.yml, or give another folder with --out." in said


def test_what_is_wanting_is_told_and_a_table_may_be_named(tmp_path, run):
    (tmp_path / "list.csv").write_text("a,b\nc,d\n")
    assert "No column was found for the title and the day it opened and the day it closed" in run(tmp_path / "list.csv", "--table", "consultations")[1]


def test_file_without_rows_is_refused(tmp_path, run):
    (tmp_path / "empty.csv").write_text("\n")
    code, said = run(tmp_path / "empty.csv")
    assert code == BAD_INPUT
    assert "found a file without rows" in said


def test_file_without_a_header_says_so(tmp_path, run):
    (tmp_path / "bare.csv").write_text("".join(f"Sample Trust Ltd,2031-07-0{day},1.50\n" for day in range(1, 5)))
    said = run(tmp_path / "bare.csv")[1]
    assert "it has no header" in said
    assert "Problems" in said


def test_file_without_problems_shows_none(tmp_path, run):
    (tmp_path / "darlington.csv").write_text("Date,Supplier,Amount\n2031-07-01,Sample Trust Ltd,1.50\n")
    assert "Problems" not in run(tmp_path / "darlington.csv")[1]
