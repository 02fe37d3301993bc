"""`opencompact sample` from the terminal."""

import json

import pytest

from opencompact.cli import run


def test_it_makes_a_country_and_says_what_to_type_next(tmp_path, capsys):
    out = tmp_path / "land"
    assert run(["sample", "--out", str(out), "--scale", "1", "--seed", "3"]) == (0, "")
    told = " ".join(capsys.readouterr().err.split())
    assert "168 files" in told
    assert "opencompact build --workspace workspace --input" in told
    assert json.loads((out / "sample-country.json").read_text())["seed"] == 3


def test_it_refuses_a_folder_with_other_files(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    code, message = run(["sample", "--out", str(tmp_path)])
    assert code == 2
    assert "letter.txt" in message
    assert "Give another folder" in message


@pytest.mark.parametrize(
    "arguments", [[], ["--out", "x", "--scale", "0"], ["--out", "x", "--scale", "1701"], ["--out", "x", "--scale", "large"], ["--out", "x", "--seed", "many"]]
)
def test_it_refuses_wrong_use(arguments):
    assert run(["sample", *arguments])[0] == 2
