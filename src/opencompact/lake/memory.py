"""How much memory a DuckDB of ours may take, and where it puts what does not fit."""

import os
from pathlib import Path

import duckdb

BUDGET_GIB = "OPENCOMPACT_MEMORY_GIB"
_MOST_GIB = 8.0
_SHARE = 0.4  # a build has two open at once, and decoding and the interpreter need room beside them
SPILL = "spill"


class BadBudget(ValueError):
    """The budget set is no number of GiB."""


def budget_gib(set_to: str | None, *, machine: float) -> float:
    """What a build may take in all, in GiB: as set, else 8, and never more than the machine has; raises BadBudget."""
    try:
        budget = float(set_to) if set_to else _MOST_GIB
    except ValueError:
        budget = 0.0
    if not budget > 0:
        raise BadBudget(f"{BUDGET_GIB}: found {set_to!r}; expected a number of GiB above 0, as 8.")
    return min(budget, machine)


def limits(spill: Path | None = None) -> dict[str, str | bool | int | float | list[str]]:
    """DuckDB's settings: a share of the budget, set in GiB by the environment variable OPENCOMPACT_MEMORY_GIB, and the folder for the rest.

    DuckDB takes its folder away when it ends; what a kill leaves there is removed by the next change of the lake.
    """
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    taken = budget_gib(os.environ.get(BUDGET_GIB), machine=machine) * _SHARE
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": f"{int(taken * 1024)}MiB"}
    if spill:
        settings["temp_directory"] = str(spill)
    return settings


def within_limits(spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB of its own within the limits, which draws no bars of its own on the terminal."""
    con = duckdb.connect(config=limits(spill))
    con.execute("SET enable_progress_bar = false")
    return con
