"""Which releases there are, and a reader over one."""

import shutil
import threading

import duckdb
import pytest
from tests.lakes import small_lake
from tests.publication.releases import freeze, lake_with, write_draft

from opencompact.publication import queries
from opencompact.publication.rules.release import BadRelease


def test_numbers_are_frozen_releases_in_order(releases):
    for name in ("2031-02", "2030-11.10", "2030-11.2", "other", ".2031-09.new"):
        (releases / name).mkdir()
    (releases / "2031-01").write_text("a file, not a release")
    assert queries.numbers(releases) == ["2030-11.2", "2030-11.10", "2031-02"]


def test_releases_are_the_frozen_ones_then_the_draft(releases):
    assert [release.number for release in queries.releases(releases)] == ["draft"]
    freeze(releases)
    freeze(releases)
    assert [release.number for release in queries.releases(releases)] == ["2031-11", "2031-11.2", "draft"]


def test_no_releases_at_all(tmp_path):
    assert queries.releases(tmp_path) == []
    with pytest.raises(queries.NoRelease, match="holds no draft release"):
        queries.open_release(tmp_path)


def test_latest_frozen_release_is_opened_where_none_is_named(releases):
    assert queries.open_release(releases).release.number == "draft"
    freeze(releases)
    assert [queries.open_release(releases, number).release.number for number in (None, "draft", "2031-11")] == ["2031-11", "draft", "2031-11"]


@pytest.mark.parametrize("number", ["2031-12", "../draft", ".draft.new", "tables"])
def test_release_that_is_not_there_is_refused(releases, number):
    freeze(releases)
    with pytest.raises(queries.NoRelease, match="there are: 2031-11"):
        queries.open_release(releases, number)


def test_reader_sees_every_table_and_nothing_beyond(releases, tmp_path):
    (tmp_path / "private.csv").write_text("a\n1\n")
    con = queries.open_release(releases).con
    assert con.execute("SELECT payee_name, amount::VARCHAR FROM payments ORDER BY source_row").fetchall() == [
        ("Café Carers of Nowhere", "26000.50"),
        ("withheld", "-310.00"),
        ("=Formula Ltd", "25000.00"),
    ]
    for forbidden in (f"FROM '{tmp_path}/private.csv'", "SET enable_external_access = true", "ATTACH 'x.db'"):
        with pytest.raises(duckdb.Error):
            con.execute(forbidden)


def test_each_thread_reads_through_a_cursor_of_its_own(releases):
    con, found = queries.open_release(releases).con, []

    def read() -> None:
        cursor = con.cursor()
        found.append([cursor.execute("SELECT count(*) FROM payments").fetchone() for _ in range(20)])

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[(3,)] * 20] * 4


def test_reader_of_a_replaced_draft_is_not_current(releases, tmp_path):
    reader = queries.open_release(releases)
    assert queries.is_current(reader)
    write_draft(releases, lake_with(tmp_path / "other", payments=[]))
    assert not queries.is_current(reader)
    assert queries.open_release(releases).con.execute("SELECT count(*) FROM payments").fetchone() == (0,)


def test_reader_of_a_removed_release_is_not_current(releases):
    reader = queries.open_release(releases)
    shutil.rmtree(releases / "draft")
    assert not queries.is_current(reader)


def test_old_draft_is_read_where_a_kill_left_no_new_one(releases, tmp_path):
    (releases / "draft").rename(releases / ".draft.before")
    assert queries.open_release(releases).con.execute("SELECT count(*) FROM payments").fetchone() == (3,)
    assert [release.number for release in queries.releases(releases)] == ["draft"]
    write_draft(releases, small_lake(tmp_path / "lake"))
    assert sorted(path.name for path in releases.iterdir()) == ["draft"]


def test_release_without_its_json_is_refused(releases):
    (releases / "draft" / "release.json").unlink()
    with pytest.raises(BadRelease, match=r"holds no release\.json"):
        queries.open_release(releases)


def test_folder_with_a_quote_in_its_name_is_read(tmp_path):
    folder = tmp_path / "the mayor's"
    write_draft(folder, small_lake(tmp_path / "lake"))
    freeze(folder)
    freeze(folder)
    assert queries.open_release(folder).con.execute("SELECT count(*) FROM payments").fetchone() == (3,)
    assert queries.verify(folder, number=None) == ()
