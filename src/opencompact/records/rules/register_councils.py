"""The plans for registers of local authorities: councils as public bodies, and the areas they govern."""

from opencompact.records.rules.plan import NOTHING, Field, Found, Plan
from opencompact.records.rules.register_files import partial_day_sql
from opencompact.records.rules.register_ids import cell
from opencompact.values.sql import quoted

# Only names that say they are a council's: a place's bare name may be a person's or a firm's.
_IS_COUNCIL = "'council|authority|corporation|comhairle|london borough of|cyngor'"


def register_plan(found: Found) -> Plan:
    """`register_names` from a register of local authorities; the card's first column asked for names its key, as `local-authority-eng`."""
    key_header = found.card.recognise.columns[0]
    prefixes = {str(term["register"]): str(term["prefix"]) for term in found.vocabularies["authority-registers"].terms}
    return _names(found, key=cell(found, key_header), prefix=quoted(prefixes[key_header]), header=key_header)


def authorities_plan(found: Found) -> tuple[Plan, ...]:
    """`register_names` of all local authorities, what replaced those that ended, the areas they govern and the people in them.

    `replaced-by` names one authority or several, parted by commas; the day is the one the authority ended on.
    """
    code, prefix = cell(found, "local-authority-code"), _prefix(found)
    org_id = f"{prefix} || {code}"
    main = _names(found, key=code, prefix=prefix, header="local-authority-code")
    return main, _other_names(found, org_id), _replaced(found, org_id), _areas(found, org_id), _population(found)


def _names(found: Found, *, key: str, prefix: str, header: str) -> Plan:
    official, name = cell(found, "official-name"), cell(found, "name", "nice-name")
    started, ended = cell(found, "start-date"), cell(found, "end-date")
    org_id = f"{prefix} || {key}"
    fields = (
        Field("organisation_id", org_id, header, key, "a code as LDS", "missing", required=True),
        Field("name", f"coalesce({official}, {name})", "official-name", f"coalesce({official}, {name})", "a name", "missing", required=True),
        Field("name_kind", "'main'"),
        Field("register", "'local-authorities'"),
        Field("kind", "'public_body'"),
        Field("slug", org_id),
        Field("status", f"CASE WHEN {ended} IS NULL THEN 'live' ELSE 'ended' END"),
        Field("registered_on", partial_day_sql(started, last=False), "start-date", started, "a year, month or day", "no_such_date"),
        Field("removed_on", partial_day_sql(ended, last=True), "end-date", ended, "a year, month or day", "no_such_date"),
    )
    return Plan(fields)


def _prefix(found: Found) -> str:
    told, nation = cell(found, "old-register-and-code"), cell(found, "nation")
    terms = found.vocabularies["authority-registers"].terms
    by_register = " ".join(f"WHEN starts_with({told}, {quoted(str(term['register']) + ':')}) THEN {quoted(str(term['prefix']))}" for term in terms)
    by_nation = " ".join(f"WHEN {nation} = {quoted(str(term['nation']))} THEN {quoted(str(term['prefix']))}" for term in terms)
    return f"CASE {by_register} {by_nation} END"


def _other_names(found: Found, org_id: str) -> Plan:
    """Names in `alt-names` and `nice-name` that say they are a council's; a list whose own name has a comma is not parted right, so it is left out."""
    others, official = cell(found, "alt-names"), cell(found, "official-name")
    relation = f"""SELECT source_row, org_id, official, trim(unnest(string_split(others, ','))) AS name
      FROM (SELECT source_row, {org_id} AS org_id, {official} AS official, {others} AS others FROM raw)
      WHERE others IS NOT NULL AND NOT contains(official, ',')"""
    fields = (
        Field("organisation_id", "org_id", required=True),
        Field("name", "name", required=True),
        Field("name_kind", "'other'"),
        Field("register", "'local-authorities'"),
        Field("kind", "'public_body'"),
        Field("slug", "org_id"),
    )
    is_new = f"org_id IS NOT NULL AND regexp_matches(lower(name), {_IS_COUNCIL}) AND lower(name) <> lower(coalesce(official, ''))"
    return Plan(fields, relation=relation, keep=is_new, table="register_names")


def _replaced(found: Found, org_id: str) -> Plan:
    ended = partial_day_sql(cell(found, "end-date"), last=True)
    relation = f"""SELECT source_row, org_id, prefix, happened_on, trim(unnest(string_split(coalesce(replaced, ''), ','))) AS successor
      FROM (SELECT source_row, {org_id} AS org_id, {_prefix(found)} AS prefix, {ended} AS happened_on, {cell(found, "replaced-by")} AS replaced FROM raw)"""
    fields = (
        Field("organisation_id", "org_id", required=True),
        Field("event", "'replaced_by'"),
        Field("happened_on", "happened_on"),
        Field("other_id", "prefix || successor"),
    )
    return Plan(fields, relation=relation, keep="successor <> '' AND org_id IS NOT NULL", table="register_events")


def _areas(found: Found, org_id: str) -> Plan:
    area = cell(found, "gss-code")
    fields = (
        Field("area", area, required=True),
        Field("name", cell(found, "nice-name")),
        Field("kind", cell(found, "local-authority-type-name")),
        Field("valid_from", partial_day_sql(cell(found, "start-date"), last=False)),
        Field("valid_to", partial_day_sql(cell(found, "end-date"), last=True)),
        Field("body", org_id),
    )
    return Plan(fields, keep=f"{area} IS NOT NULL", table="area_lines")


def _population(found: Found) -> Plan:
    column = next((header for header in found.headers if header.startswith("pop-")), "")
    people, area = found.column(column) or NOTHING, cell(found, "gss-code")
    year = column.removeprefix("pop-")
    value = f"TRY_CAST({people} AS DOUBLE)"
    fields = (
        Field("area", area, required=True),
        Field("measure", "'population'"),
        Field("year", year if year.isdigit() else "CAST(NULL AS BIGINT)", required=True),
        Field("value", value, column, people, "a number of people", "not_a_number", required=True),
    )
    return Plan(fields, keep=f"{area} IS NOT NULL AND {value} IS NOT NULL", table="area_figure_lines")
