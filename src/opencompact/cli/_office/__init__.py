"""The invented office: people, promises, meetings and audits of the sample country, one module a room, planted through the rooms' own actions."""

from datetime import datetime
from importlib import import_module

from opencompact.sample.country import AFFAIRS, EXAMPLES, LANTERNS, STATISTICS, VARROWMERE, WORKS

VOICE = "sample-sector-voice"
DEPARTMENTS = (EXAMPLES, AFFAIRS, WORKS, LANTERNS, STATISTICS)
# Marks in every field of the invented office that is held, or shared among those who work on the agreement, so that a walk over every page finds
# them where they must not be.
SECRET, SHARED = "zq-held-words", "zq-shared-words"
__all__ = ["AFFAIRS", "DEPARTMENTS", "EXAMPLES", "LANTERNS", "SECRET", "SHARED", "STATISTICS", "VARROWMERE", "VOICE", "WORKS"]

# In the order one needs another.
PARTS = ("bodies", "people", "ledger", "meetings", "roundtables", "audits", "returns", "spending", "asks", "names")


def plant(at: datetime) -> list[str]:
    """Plant every part through its room's own actions; gives a line for each person who can sign in."""
    planted = {part: import_module(f"{__name__}.{part}").plant(at) for part in PARTS}
    return list(planted["people"])
