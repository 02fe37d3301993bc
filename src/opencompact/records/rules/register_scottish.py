"""The plan for the Scottish register's export: charities now or removed, their other names, parents, reach and last accounts."""

from opencompact.records.rules.plan import Field, Found, Plan
from opencompact.records.rules.register_ids import cell, id_field, id_sql
from opencompact.values.sql import quoted


def scottish_plan(found: Found) -> tuple[Plan, ...]:
    """`register_names` under the register's name and the one it is known as, with removal in `register_events`, parent, reach, purposes and accounts."""
    ceased = found.day("removed_on", "Ceased Date")
    fields = (
        id_field(found, "Charity Number", "charity"),
        found.text("name", "Charity Name", required=True),
        Field("name_kind", "'main'"),
        Field("register", "'oscr'"),
        Field("kind", f"CASE WHEN starts_with({cell(found, 'Constitutional Form')}, 'SCIO') THEN 'cio' ELSE 'charity' END"),
        found.text("status", "Charity Status"),
        found.amount("income", "Most recent year income"),
        found.day("income_year_ends_on", "Year End"),
        found.day("registered_on", "Registered Date"),
        ceased,
        Field("postcode", cell(found, "Postcode")),
    )
    return Plan(fields), _known_as(found), _removals(found, ceased), _parents(found), _reach(found), _purposes(found), _accounts(found)


def _known_as(found: Found) -> Plan:
    name = cell(found, "Known As")
    return Plan((_id(found), Field("name", name), Field("name_kind", "'working'"), Field("register", "'oscr'")), keep=_has(found, name), table="register_names")


def _removals(found: Found, ceased: Field) -> Plan:
    fields = (_id(found), Field("event", "'removed'"), Field("happened_on", ceased.sql), Field("reason", cell(found, "Reason For Removal")))
    return Plan(fields, keep=_has(found, ceased.sql), table="register_events")


def _parents(found: Found) -> Plan:
    number = cell(found, "Parent charity number")  # SC begins a Scottish one, six or seven digits are of England and Wales
    fields = (
        _id(found),
        Field("relation", "'parent'"),
        Field("other_id", id_sql(number, "charity")),
        Field("name", cell(found, "Charity Name")),
        Field("other_name", cell(found, "Parent charity name")),
    )
    return Plan(fields, keep=_has(found, number), table="register_numbers")


def _reach(found: Found) -> Plan:
    reach, place = cell(found, "Geographical Spread"), cell(found, "Main Operating Location")
    fields = (_id(found), Field("area_kind", "'scale'"), Field("area_name", reach), Field("within", place))
    return Plan(fields, keep=_has(found, reach), table="register_areas")


def _purposes(found: Found) -> Plan:
    listed = f"string_split(coalesce({cell(found, 'Purposes')}, ''), ''',''')"
    relation = f"SELECT *, trim(unnest({listed}), ' ''') AS purpose FROM raw"
    fields = (_id(found), Field("scheme", quoted("oscr")), Field("code", "purpose"))
    return Plan(fields, relation=relation, keep=_has(found, "nullif(purpose, '')"), table="register_classes")


def _accounts(found: Found) -> Plan:
    ends = found.day("year_ends_on", "Year End").sql
    income, spending = found.amount("income", "Most recent year income").sql, found.amount("spending", "Most recent year expenditure").sql
    fields = (_id(found), Field("year_ends_on", ends), Field("income", income), Field("spending", spending))
    return Plan(fields, keep=_has(found, ends), table="register_incomes")


def _id(found: Found) -> Field:
    return Field("organisation_id", id_sql(cell(found, "Charity Number"), "charity"), required=True)


def _has(found: Found, value: str) -> str:
    return f"{value} IS NOT NULL AND {_id(found).sql} IS NOT NULL"
