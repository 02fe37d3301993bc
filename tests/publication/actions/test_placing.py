"""A folder that was made apart gets into its place whole."""

import hashlib
import subprocess

import pytest

from opencompact.publication.actions.placing import fresh, put_in_place, write_checksums


@pytest.fixture
def made(tmp_path):
    folder = fresh(tmp_path / "made")
    (folder / "inner").mkdir()
    (folder / "inner" / "file").write_text("new")
    return folder


def test_fresh_folder_is_empty(tmp_path, made):
    assert list(fresh(made).iterdir()) == []


def test_made_folder_takes_a_free_place(tmp_path, made):
    put_in_place(made, tmp_path / "target", before=tmp_path / "before")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["target", "target/inner", "target/inner/file"]


def test_made_folder_replaces_the_old_one(tmp_path, made):
    for name in ("target", "before"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old").write_text("old")
    put_in_place(made, tmp_path / "target", before=tmp_path / "before")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["target", "target/inner", "target/inner/file"]


def test_old_folder_stands_until_the_new_one_is_in(tmp_path):
    (tmp_path / "before").mkdir()
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "nothing", tmp_path / "target", before=tmp_path / "before")
    assert [path.name for path in tmp_path.iterdir()] == ["before"]


def test_checksums_are_those_of_sha256sum(made):
    digest = write_checksums(made)
    assert (made / "checksums.txt").read_text() == f"{hashlib.sha256(b'new').hexdigest()}  inner/file\n"
    assert digest == hashlib.sha256((made / "checksums.txt").read_bytes()).hexdigest()
    assert subprocess.run(["sha256sum", "--check", "checksums.txt"], cwd=made, capture_output=True, text=True, check=True).stdout == "inner/file: OK\n"
