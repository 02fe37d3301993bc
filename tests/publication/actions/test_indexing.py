"""The search index: the same entries, the same bytes."""

from opencompact.publication.actions.indexing import write_index

ENTRIES = [(f"/bodies/sample-{place}/", "body", f"Body {place}", "words of many kinds", place) for place in range(500)]


def test_index_of_the_same_entries_has_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_index(tmp_path / name, ENTRIES)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_index_of_no_entries_is_written(tmp_path):
    write_index(tmp_path / "a", [])
    assert (tmp_path / "a").read_bytes()[:15] == b"SQLite format 3"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
