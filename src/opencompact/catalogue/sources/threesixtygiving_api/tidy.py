"""How these pages become rows."""

from dataclasses import replace

from opencompact.records.rules.grant_files import grants_json_plan
from opencompact.records.rules.plan import Found, Plan


def tidy(found: Found) -> Plan:
    """As the standard's JSON; the interface puts each grant under `data`."""
    plan = grants_json_plan(found)
    return replace(plan, relation=plan.relation.replace("FROM raw", "FROM (SELECT source_row, json_extract(record, '$.data') AS record FROM raw)"))
