from opencompact.publication.rules.changes import Moved, TableChange, change_note
from opencompact.web.publication.changes import MOST, read_changes


def _note(folder, **given) -> None:
    (folder / "CHANGES.md").write_text(
        change_note("A release", **{"before": "2026-10", "tables": [], "moved": [], "because": "a file was put right", **given}), encoding="utf-8"
    )


def test_read_changes_tells_tables_from_figures(tmp_path) -> None:
    _note(tmp_path, tables=[TableChange("bodies", 1200, 0, 3)], moved=[Moved("short", "all", "2031", 0.4, None)])
    changes = read_changes(tmp_path)
    assert (changes.because, changes.since) == ("a file was put right.", "2026-10")
    assert (changes.tables, changes.moved) == ((("bodies", "1,200", "0", "3", ""),), (("short", "all", "2031", "0.4", "no value"),))


def test_read_changes_of_the_first_release_has_none(tmp_path) -> None:
    _note(tmp_path, before=None)
    assert read_changes(tmp_path).since == ""


def test_read_changes_without_a_note_is_nothing(tmp_path) -> None:
    assert read_changes(tmp_path).tables == ()


def test_read_changes_names_some_and_counts_the_rest(tmp_path) -> None:
    _note(tmp_path, moved=[Moved("short", f"body-{place}", "2031", 0.1, 0.2) for place in range(MOST + 3)])
    changes = read_changes(tmp_path)
    assert (len(changes.first_moved), changes.more) == (MOST, 3)
