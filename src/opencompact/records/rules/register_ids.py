"""How numbers on registers become org-ids, and the fields that plans of registers share."""

from collections.abc import Callable
from dataclasses import replace

from opencompact.records.rules.plan import NOTHING, Field, Found, Plan
from opencompact.values.identifier import charity_org_id_sql, company_org_id_sql
from opencompact.values.sql import quoted

Plans = Plan | tuple[Plan, ...]
ORG_ID = r"^(GB-[A-Z]+-[A-Za-z0-9-]+|XI-[A-Z]+-[A-Za-z0-9.]+)$"


def org_id_sql(column: str) -> str:
    """The column where it is an org-id of any list, else null; an id of noughts alone stands for none."""
    return f"CASE WHEN regexp_matches({column}, {quoted(ORG_ID)}) AND NOT regexp_matches({column}, '-0+$') THEN {column} END"


def id_sql(column: str, scheme: str) -> str:
    """The org-id of a column of numbers: `org_id`, `charity` and `company` read them as the payers' are read, else `scheme` is the prefix."""
    readers = {"org_id": org_id_sql, "charity": _charity_sql, "company": company_org_id_sql}
    return readers[scheme](column) if scheme in readers else f"{quoted(scheme)} || {column}"


def _charity_sql(column: str) -> str:
    """Lists of charities of the whole kingdom write NI before the six figures that Northern Ireland gives; payers do not, so only registers are read so."""
    return charity_org_id_sql(f"regexp_replace({column}, '^NI(1[0-9]{{5}})$', 'NIC\\1')")


def extract_id_sql(number: str, linked: str) -> str:
    """The org-id of a charity of England and Wales, with its linked number behind it where it is a branch: GB-CHC-1234567-2."""
    branch = f"CASE WHEN coalesce(TRY_CAST({linked} AS INTEGER), 0) <> 0 THEN '-' || CAST({linked} AS INTEGER) ELSE '' END"
    return f"CASE WHEN regexp_matches({number}, '^[1-9][0-9]{{5,6}}$') THEN 'GB-CHC-' || {number} || {branch} END"


def id_field(found: Found, header: str, scheme: str) -> Field:
    """The required field `organisation_id` from the numbers under a header; a number no register gives is a problem row."""
    column = found.column(header) or NOTHING
    expected = {"org_id": "an org-id as GB-CHC-1234567", "charity": "a charity number", "company": "a company number"}.get(scheme, "a number")
    return Field("organisation_id", id_sql(column, scheme), header, column, expected, "malformed_identifier", required=True)


def cell(found: Found, *headers: str) -> str:
    """The column under the first of these headers the file has, else null: for values that are never a problem of their own."""
    return found.column(*headers) or NOTHING


def rows_or_records(plan: Callable[[Found], Plans]) -> Callable[[Found], tuple[Plan, ...]]:
    """The same plan for a table and for a list of flat JSON records, whose keys its card names: each key becomes a column."""

    def made(found: Found) -> tuple[Plan, ...]:
        if found.card.format == "table":
            return _all(plan(found))
        keys = (*found.card.recognise.keys, *found.card.known_columns)
        columns = ", ".join(f"record ->> {quoted('$.' + key)} AS c{place}" for place, key in enumerate(keys))
        plans = _all(plan(replace(found, headers=keys)))
        return tuple(replace(each, relation=f"SELECT source_row, {columns} FROM raw") if each.relation == "raw" else _over(each, columns) for each in plans)

    made.__doc__ = plan.__doc__
    return made


def _all(plans: Plans) -> tuple[Plan, ...]:
    return plans if isinstance(plans, tuple) else (plans,)


def _over(plan: Plan, columns: str) -> Plan:
    """A plan whose relation is made from `raw`: the same made from the records."""
    return replace(plan, relation=plan.relation.replace("FROM raw", f"FROM (SELECT source_row, {columns} FROM raw)"))
