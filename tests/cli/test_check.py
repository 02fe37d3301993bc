import pytest
from tests.cards import installing

from opencompact.cli import run
from opencompact.registry import load_catalogue

SOURCE = "title: Sample\npublisher: Sample\nlicence: Sample\nstanding: real\ntable: spending\nformat: table\nrecognise: {}\n"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    with installing(tmp_path, monkeypatch) as install:
        yield install


def test_our_catalogue_is_whole(capsys):
    assert run(["check"]) == (0, "")
    catalogue = load_catalogue()
    counts = [len(getattr(catalogue, name)) for name in ("agreements", "rule_sets", "vocabularies", "sources", "indicators")]
    assert capsys.readouterr().out == "{} agreements, {} rule sets, {} vocabularies, {} sources and {} indicators: nothing wrong.\n".format(*counts)


def test_every_fault_is_told_and_the_exit_code_says_so(installed, capsys):
    installed(
        "samplecards",
        {
            "sources/__init__.py": "",
            "sources/sample_spend/__init__.py": "",
            "sources/sample_spend/source.yml": SOURCE,
            "sources/sample_spend/tidy.py": "tidy = None\n",
        },
    )
    assert run(["check"]) == (4, "")
    told = capsys.readouterr()
    assert (told.out, told.err.splitlines()) == (
        "",
        [
            "sources/sample-spend, table: found spending; expected a table of shapes/.",
            "sources/sample-spend, recognise: found neither columns nor keys; expected one, so that a file of it can be known.",
        ],
    )


def test_card_that_cannot_be_read_is_told_in_one_sentence(installed):
    installed("samplecards", {"vocabularies/sample/vocabulary.yml": "title: Sample\n"})
    code, message = run(["check"])
    assert (code, message.splitlines()[0].startswith("A catalogue card cannot be read. ")) == (4, True)
    assert "samplecards/vocabularies/sample/vocabulary.yml" in message
