from datetime import date

import pytest

from opencompact.lake.part import Part
from opencompact.lake.unfinished import NAME, Unfinished

CONTENT = b"sample"
DIGEST = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf"


@pytest.fixture
def part(tmp_path):
    (tmp_path / "part").write_bytes(CONTENT)
    return Part("part", DIGEST, 1, "key")


def test_what_is_kept_is_found_by_the_next(tmp_path, part):
    Unfinished(tmp_path).keep("key", [("things", part)], [{"thing": "a", "on": date(2031, 7, 16), "count": None}])
    kept = Unfinished(tmp_path).kept("key")
    assert (kept.parts, kept.rows) == ((("things", part),), ({"thing": "a", "on": "2031-07-16", "count": None},))
    assert Unfinished(tmp_path).kept("other") is None


def test_line_cut_by_a_kill_is_passed_over(tmp_path, part):
    notes = Unfinished(tmp_path)
    notes.keep("first", [("things", part)], [])
    notes.keep("second", [("things", part)], [])
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-9] + b"\n[]\n")
    again = Unfinished(tmp_path)
    assert (again.kept("first") is None, again.kept("second")) == (False, None)


def test_part_that_is_gone_or_was_emptied_is_not_kept(tmp_path, part):
    Unfinished(tmp_path).keep("key", [("things", part)], [])
    (tmp_path / "part").write_bytes(b"")
    assert Unfinished(tmp_path).kept("key") is None
    (tmp_path / "part").unlink()
    assert Unfinished(tmp_path).kept("key") is None


def test_notes_that_are_no_text_are_passed_over(tmp_path):
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00")
    assert Unfinished(tmp_path).kept("key") is None


def test_notes_are_forgotten_and_only_what_can_be_noted_is(tmp_path, part):
    notes = Unfinished(tmp_path)
    notes.keep("key", [("things", part)], [])
    notes.forget()
    notes.forget()
    assert Unfinished(tmp_path).kept("key") is None
    with pytest.raises(TypeError, match="cannot be noted"):
        notes.keep("key", [], [{"odd": object()}])
