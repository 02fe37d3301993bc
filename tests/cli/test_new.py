from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from tests.cards import installing
from tests.judgement.tiny_lake import put, tiny_lake
from tests.records.runs import catalogue_of, read, rows

import opencompact.catalogue
from opencompact.cli import new, run
from opencompact.judgement.actions import select_rows
from opencompact.judgement.rules.measuring import FUNCTIONS, measure
from opencompact.records.rules.inputs import Input
from opencompact.registry import load_catalogue


@pytest.fixture
def package(tmp_path, monkeypatch):
    """An installed package of cards, still empty."""
    with installing(tmp_path, monkeypatch) as install:
        yield install("samplecards", {})


def write(kind, name, package):
    code, message = run(["new", kind, name, "--into", str(package)])
    load_catalogue.cache_clear()
    return code, message


@pytest.mark.parametrize("kind", new.SECTIONS)
def test_what_is_written_passes_the_check_and_says_what_to_edit(kind, package, capsys):
    assert write(kind, "sample-thing", package) == (0, "")
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"Written: {package}")
    assert told[1:] == ["Edit next:", *(f"  {step}" for step in new.NEXT[kind]), "Then: opencompact check"]
    assert "sample-thing" in getattr(load_catalogue(), new.SECTIONS[kind])
    assert run(["check"]) == (0, "")


def test_source_written_reads_its_own_sample(package, tmp_path):
    write("source", "sample-thing", package)
    folder = package / "sources" / "sample_thing"
    (expect,) = yaml.safe_load((folder / "sample" / "expect.yml").read_text(encoding="utf-8"))
    lake = read(tmp_path, [Input(folder / "sample" / expect["file"], "a.csv", is_sample=True, body="sample-body")], catalogue=catalogue_of("sample-thing"))
    found = rows(lake, f"SELECT source_row, {', '.join(expect['columns'])} FROM payment_lines")
    assert [{**row, "amount": str(row["amount"])} for row in found] == [
        {name: row.get(name) for name in ("source_row", *expect["columns"])} for row in expect["rows"]
    ]
    assert rows(lake, "SELECT source_row, field, found, kind, consequence FROM problems") == expect["problems"]
    assert rows(lake, f"SELECT {', '.join(expect['counts'])} FROM sources") == [expect["counts"]]


def test_indicator_written_gives_its_own_example(package, tmp_path):
    write("indicator", "sample-thing", package)
    card = load_catalogue().indicators["sample-thing"]
    (example,) = card.examples
    with tiny_lake(tmp_path, {}) as change:
        put(change, "payments", example.given["payments"])
        for function in FUNCTIONS:
            change.con.execute(function)
        found = select_rows(change.con, card=card)
    shown = [{name: row[name] for name in example.expect[0]} for row in found if row["period"] == "all"]
    assert sorted(shown, key=str) == sorted(example.expect, key=str)
    assert [measure(row, indicator="sample-thing", interval=card.interval, not_enough_below=card.not_enough_below)["value"] for row in shown]
    assert card.review_due_on - card.reviewed_on == timedelta(days=365)


def test_agreement_written_is_the_template_of_a_local_compact(package):
    write("agreement", "sample-thing", package)
    assert load_catalogue().agreements["sample-thing"].template is True


@pytest.mark.parametrize(("kind", "name"), [("source", "wakefield-payments"), ("indicator", "response-time"), ("agreement", "compact-2010")])
def test_name_that_is_taken_is_refused(kind, name, package):
    assert write(kind, name, package) == (3, f"The name {name} is taken by another {kind}. Take a new name, or edit the one there is.")


def test_folder_that_is_there_is_left_as_it_is(package):
    mine = package / "indicators" / "sample-thing" / "notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    assert write("indicator", "sample-thing", package)[0] == 3
    assert [path.name for path in mine.parent.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", ["Sample", "sample_thing", "2031-sample", "sample--thing", "../sample", "sample-"])
def test_name_that_would_be_no_slug_is_refused(name, package):
    code, message = write("source", name, package)
    assert (code, message.startswith(f"Found the name {name}; expected small letters")) == (2, True)


def test_catalogue_of_the_repository_is_taken_only_inside_it(tmp_path, monkeypatch):
    own = Path(opencompact.catalogue.__path__[0])
    monkeypatch.chdir(own.parent)
    assert new._own_catalogue() == own
    monkeypatch.chdir(tmp_path)
    code, message = run(["new", "source", "sample-thing"])
    assert (code, message.startswith("Say where the catalogue is: --into FOLDER.")) == (2, True)
