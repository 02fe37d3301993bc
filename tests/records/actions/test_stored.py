import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.actions.decoding import CannotRead, stored

TEXT = b'{"a": 1}\n\n{"a": 22222}\n{"a": 3}'


def refusal(portions):
    with pytest.raises(CannotRead) as caught:
        list(portions)
    return caught.value.kind, caught.value.found


@given(st.lists(st.sampled_from([b"\n", b"a", b"bb", b"ccccccc"])), st.integers(1, 9))
def test_portions_are_the_file_and_end_with_a_line(tmp_path_factory, pieces, size):
    content, path = b"".join(pieces), tmp_path_factory.mktemp("files") / "a.jsonl"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stored, "PORTION", size)
        for portions in (list(stored.file_portions(path)), list(stored.held_portions(content))):
            assert b"".join(portions) == content
            assert all(portion.endswith(b"\n") for portion in portions[:-1])


def test_file_is_known_by_its_checksum_and_size(tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "PORTION", 10)
    (tmp_path / "a.jsonl").write_bytes(TEXT)
    held = stored.store(tmp_path / "a.jsonl")
    assert (held.sha256, len(held), held.beginning) == (hashlib.sha256(TEXT).hexdigest(), len(TEXT), b'{"a": 1}\n\n')
    assert b"".join(held.portions()) == TEXT


def test_file_that_changed_since_is_refused(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(TEXT)
    held = stored.store(path)
    path.write_bytes(TEXT)
    os.utime(path, ns=(1, 1))
    assert refusal(held.portions()) == ("unreadable_file", "a file that changed while it was read")
    path.unlink()
    assert refusal(held.portions()) == ("unreadable_file", "No such file or directory")
    with pytest.raises(CannotRead):
        stored.store(path)


def test_line_without_end_is_refused_before_it_is_held(tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "PORTION", 4)
    monkeypatch.setattr(stored, "MOST_LINE", 8)
    (tmp_path / "a.jsonl").write_bytes(b"12345678\n1234567890123")
    assert refusal(stored.file_portions(tmp_path / "a.jsonl")) == ("line_too_long", "a line of more than 0 MB")
