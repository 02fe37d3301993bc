"""Registers as history: the lines that tell of an organisation, and who it was on a given day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from opencompact.values.sql import quoted

Line = Mapping[str, Any]
LINES = ("register_numbers", "register_incomes", "register_areas", "register_classes", "register_events")
TWINS = ("company", "cio_twin", "dual_registered", "mutual", "housing_provider", "university", "school", "academy_trust", "research_register", "same_as")
BECOMES = ("merged_into", "replaced_by", "reregistered_as")
# What the one of a pair is to the other, read from the other side.
_BACK = {"parent": "branch", "branch": "parent", "reregistered_as": "registered_before_as"}
# Of a federation only the name is told, so there is no other side.
_ONE_WAY = ("federation",)
_MONEY = ("income", "spending", "government_grants", "government_contracts")
_ORIGIN = "standing, source, source_file, source_row"
_YEAR = timedelta(days=365)


def lines_sql(standing: str, *, among: str = "true") -> str:
    """Every line of `organisation_history` that the registers of this standing tell, each once, whatever number of files repeat it.

    Reads the line tables. A merger is told on both sides, and so is a number that another register gives. `among` is SQL of which organisation_ids are
    wanted, asked before lines are compared: the registers have millions, a release thousands.
    """
    union = " UNION ALL ".join(_select(select) for select in (_NAMES, _REMOVALS, _EVENTS, _OTHER_SIDE, _incomes(), _AREAS, _CLASSES, *_numbers()))
    same = "organisation_id, line, word, lower(told), other_id, from_on, to_on, income, spending, government_grants, government_contracts"
    return f"""SELECT * FROM ({union}) WHERE standing = {quoted(standing)} AND {among}
QUALIFY row_number() OVER (PARTITION BY {same} ORDER BY source_file, source_row) = 1"""


def reached_sql(standing: str) -> str:
    """The organisations that anyone was identified as, and those they became, step by step; a circle of mergers ends where it began."""
    became = ", ".join(quoted(word) for word in BECOMES)
    return f"""
WITH RECURSIVE steps AS (
  SELECT organisation_id, other_id FROM register_events WHERE event IN ({became}) AND other_id IS NOT NULL AND standing = {quoted(standing)}
  UNION SELECT organisation_id, other_id FROM register_numbers WHERE relation IN ({became}) AND other_id IS NOT NULL AND standing = {quoted(standing)}),
reached AS (
  SELECT DISTINCT organisation_id FROM links WHERE organisation_id IS NOT NULL AND link_stage IN ('identifier', 'exact', 'reviewed')
  UNION SELECT s.other_id FROM steps s JOIN reached r USING (organisation_id))
SELECT organisation_id FROM reached"""


def names_on(lines: Iterable[Line], *, on: date) -> list[Line]:
    """The names borne on a day: those whose days cover it; a main name without a first day counts from ever until a dated name covers the day."""
    names = [line for line in lines if line["line"] == "name"]
    dated = [line for line in names if (line["from_on"] or line["to_on"]) and _covers(line, on)]
    main = [line for line in names if line["word"] == "main" and not line["from_on"] and not line["to_on"]]
    return dated or main


def undated_names(lines: Iterable[Line]) -> list[Line]:
    """Former, working and other names without days: it bore them at some time, and no source held tells when. The main name in other capitals is none."""
    names = [line for line in lines if line["line"] == "name"]
    main = {line["told"].casefold() for line in names if line["word"] == "main"}
    undated = (line for line in names if not line["from_on"] and not line["to_on"])
    return [line for line in undated if line["word"] != "main" and line["told"].casefold() not in main]


def status_on(lines: Iterable[Line], *, on: date) -> str:
    """`registered`, `removed`, `not_yet_registered`, or `not_held` where no day of registering is held or came before."""
    events = [line for line in lines if line["line"] == "event" and line["from_on"]]
    begun = sorted(line["from_on"] for line in events if line["word"] in ("registered", "reregistered"))
    ended = sorted(line["from_on"] for line in events if line["word"] in ("removed", "merged_into", "replaced_by"))
    last_begun = max((day for day in begun if day <= on), default=None)
    last_ended = max((day for day in ended if day <= on), default=None)
    if last_ended and (not last_begun or last_ended >= last_begun):
        return "removed"
    if last_begun:
        return "registered"
    return "not_yet_registered" if begun else "not_held"


def accounts_on(lines: Iterable[Line], *, on: date) -> Line | None:
    """The accounts of the financial year a day falls in; a year whose first day is not told is taken to be of 365 days."""
    years = [line for line in lines if line["line"] == "income" and line["income"] is not None]
    return next((line for line in years if (line["from_on"] or line["to_on"] - _YEAR) <= on <= line["to_on"]), None)


def others_on(lines: Iterable[Line], *, words: Sequence[str], on: date) -> list[Line]:
    """The pairs of the given relations that held on a day, as far as their days are told."""
    return [line for line in lines if line["line"] == "number" and line["word"] in words and _covers(line, on)]


def steps_from(lines: Iterable[Line]) -> list[Line]:
    """What an organisation became: its lines that name another as its successor, the earliest first."""
    steps = [line for line in lines if line["word"] in BECOMES and line["line"] in ("event", "number")]
    return sorted(steps, key=lambda line: (line["from_on"] or date.max, line["other_id"] or "", line["told"] or ""))


def band_of(income: Any, terms: Iterable[Mapping[str, Any]]) -> str:
    """The band of a yearly income in pounds from the terms of `size-bands`; `not_held` without one."""
    if income is None:
        return "not_held"
    return next((str(term["band"]) for term in terms if income >= term["from"] and (term["below"] is None or income < term["below"])), "not_held")


def _covers(line: Line, on: date) -> bool:
    return (line["from_on"] is None or line["from_on"] <= on) and (line["to_on"] is None or on <= line["to_on"])


def _select(columns: tuple[str, str, str]) -> str:
    told, table, where = columns
    return f"SELECT {told}, {_ORIGIN} FROM {table} WHERE {where}"


def _line(line: str, word: str, told: str, *, other: str = "NULL", days: tuple[str, str] = ("NULL", "NULL"), money: bool = False) -> str:
    sums = ", ".join(name if money else f"CAST(NULL AS DECIMAL(18,2)) AS {name}" for name in _MONEY)
    from_on, to_on = (f"CAST({day} AS DATE)" for day in days)
    return (
        f"organisation_id, {quoted(line)} AS line, {word} AS word, {told} AS told, CAST({other} AS VARCHAR) AS other_id, "
        f"{from_on} AS from_on, {to_on} AS to_on, {sums}"
    )


def _numbers() -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    days = ("from_on", "to_on")
    back = " ".join(f"WHEN {quoted(word)} THEN {quoted(other)}" for word, other in _BACK.items())
    turned = _line("number", f"CASE relation {back} ELSE relation END", "name", other="organisation_id", days=days)
    one_way = ", ".join(quoted(word) for word in _ONE_WAY)
    forth = (_line("number", "relation", "other_name", other="other_id", days=days), "register_numbers", "true")
    return forth, (
        turned.replace("organisation_id,", "other_id AS organisation_id,", 1),
        "register_numbers",
        f"other_id IS NOT NULL AND relation NOT IN ({one_way})",
    )


def _incomes() -> tuple[str, str, str]:
    return _line("income", "NULL", "NULL", days=("year_starts_on", "year_ends_on"), money=True), "register_incomes", "true"


_NAMES = (_line("name", "coalesce(name_kind, 'main')", "name", days=("from_on", "to_on")), "register_names", "slug IS NULL")
_DAYS = "(SELECT organisation_id, unnest([registered_on, removed_on]) AS day, unnest(['registered', 'removed']) AS event, slug, {origin} FROM register_names)"
_REMOVALS = (_line("event", "event", "NULL", days=("day", "day")), _DAYS.format(origin=_ORIGIN), "day IS NOT NULL AND slug IS NULL")
_EVENTS = (
    _line("event", "event", "coalesce(other_name, reason)", other="other_id", days=("happened_on", "happened_on")),
    "register_events",
    "true",
)
_OTHER_SIDE = (
    _line("event", "'took_over'", "name", other="organisation_id", days=("happened_on", "happened_on")).replace(
        "organisation_id,", "other_id AS organisation_id,", 1
    ),
    "register_events",
    "event = 'merged_into' AND other_id IS NOT NULL",
)
_AREAS = (_line("area", "area_kind", "concat_ws(', ', area_name, within)"), "register_areas", "true")
_CLASSES = (_line("class", "scheme", "concat_ws(': ', code, label)"), "register_classes", "true")
