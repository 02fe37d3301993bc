"""How much memory a DuckDB may take: as set, else a share of the machine's."""

import pytest

from opencompact.lake.memory import BUDGET_GIB, BadBudget, budget_gib, limits, within_limits


@pytest.mark.parametrize(("set_to", "machine", "expected"), [(None, 64, 8), (None, 4, 4), ("16", 64, 16), ("16", 12, 12), ("0.5", 64, 0.5), ("", 64, 8)])
def test_budget_is_as_set_and_never_more_than_the_machine_has(set_to, machine, expected):
    assert budget_gib(set_to, machine=machine) == expected


@pytest.mark.parametrize("set_to", ["much", "0", "-1", "nan"])
def test_budget_that_is_no_number_is_refused(set_to):
    with pytest.raises(BadBudget, match=r"OPENCOMPACT_MEMORY_GIB: found .*; expected a number of GiB above 0"):
        budget_gib(set_to, machine=64)


def test_limits_are_settings_duckdb_takes(monkeypatch, tmp_path):
    monkeypatch.setenv(BUDGET_GIB, "1")
    assert limits() == {"memory_limit": "409MiB"}
    with within_limits(tmp_path / "spill") as con:
        names = ("memory_limit", "temp_directory", "enable_progress_bar")
        found = con.execute("SELECT " + ", ".join(f"current_setting('{name}')" for name in names)).fetchall()
    assert found == [("409.0 MiB", str(tmp_path / "spill"), False)]


def test_what_does_not_fit_goes_to_the_folder_and_leaves_nothing_there(monkeypatch, tmp_path):
    monkeypatch.setenv(BUDGET_GIB, "0.15")
    with within_limits(tmp_path / "spill") as con:
        con.execute("SET threads = 1")
        con.execute("CREATE TABLE wide AS SELECT md5(CAST(i AS VARCHAR)) || repeat('x', 60) AS word FROM range(600000) r(i)")
        con.execute("CREATE TABLE sorted AS SELECT * FROM wide ORDER BY word")
        assert con.execute("SELECT count(*) FROM sorted").fetchall() == [(600_000,)]
        assert (tmp_path / "spill").is_dir()
    assert not (tmp_path / "spill").exists()
