from pathlib import Path

import pytest

from opencompact.records.actions.decoding import CannotRead, content, read_bytes


def refusal(path):
    with pytest.raises(CannotRead) as caught:
        read_bytes(path)
    return caught.value.kind, caught.value.found


@pytest.fixture
def small_limits(monkeypatch):
    monkeypatch.setattr(content, "MOST_BYTES", 4000)
    monkeypatch.setattr(content, "STEP", 1000)


def of(tmp_path, name, held):
    (tmp_path / name).write_bytes(held)
    return tmp_path / name


@pytest.mark.usefixtures("small_limits")
def test_file_too_large_is_refused_before_it_is_held(tmp_path):
    assert refusal(of(tmp_path, "a.csv", b"x\n" * 2001)) == ("too_large", "a file of 0.0 GB")
    assert read_bytes(of(tmp_path, "b.csv", b"x\n" * 2000)) == b"x\n" * 2000


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_line_without_end_is_refused(tmp_path, name):
    assert refusal(of(tmp_path, name, b"a\n" + b"x" * 3500))[0] == "line_too_long"
    assert len(read_bytes(of(tmp_path, name, b"x" * 900 + b"\r" + b"x" * 900))) == 1801
    assert len(read_bytes(of(tmp_path, "a.json", b"x" * 3500))) == 3500


def test_file_of_two_gigabytes_without_a_line_end_costs_no_memory(tmp_path):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(2**31 - 1)
    assert refusal(Path(tmp_path / "a.csv")) == ("line_too_long", "a line of more than 32 MB")
