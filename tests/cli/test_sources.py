import json

import pytest
from tests.records.runs import PAYMENTS, payment, read, write

from opencompact.cli import run
from opencompact.cli.sources import SHOWN
from opencompact.registry import load_catalogue


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    read(folder, [write(folder / "in", {"a.csv": PAYMENTS + payment("2031-07-01", "SAMPLE", "1.00"), "b.txt": "nothing\n"})])
    return folder


@pytest.fixture
def ask(capsys):
    def sources(*arguments):
        code, message = run(["sources", *arguments])
        return code, capsys.readouterr().out, message

    return sources


def test_cards_are_listed_with_how_a_file_is_known(ask):
    code, out, _ = ask("cards", "--json")
    rows = {row["slug"]: row for row in json.loads(out)}
    assert (code, set(rows)) == (0, set(load_catalogue().sources))
    assert (rows["ccni-register"]["table"], rows["threesixtygiving-json"]["known_by"]) == ("register_names", "grants")


def test_files_of_the_last_build_are_listed(ask, workspace):
    code, out, _ = ask("list", "--workspace", str(workspace), "--json")
    rows = json.loads(out)
    assert (code, [(row["source_file"], row["state"], row["rows_loaded"]) for row in rows]) == (0, [("in/a.csv", "read", 1), ("in/b.txt", "unused", None)])


@pytest.mark.parametrize("arguments", [["cards"], ["list"]])
def test_people_get_a_table_with_headings(ask, workspace, arguments):
    code, out, _ = ask(*arguments, *(["--workspace", str(workspace)] if arguments == ["list"] else []))
    assert (code, len(out.splitlines()) > 2) == (0, True)


def test_columns_shown_to_people_are_among_those_of_the_files(ask, workspace):
    rows = json.loads(ask("list", "--workspace", str(workspace), "--json")[1])
    assert set(SHOWN) - set(rows[0]) == set()


def test_workspace_without_a_build_is_told(ask, tmp_path):
    code, _, message = ask("list", "--workspace", str(tmp_path))
    assert (code, message.endswith("holds no tables yet. Run `opencompact build` first.")) == (3, True)
