"""How these files become rows."""

from dataclasses import replace

from opencompact.records.rules.consultation_files import content_item_plan
from opencompact.records.rules.plan import Found, Plan


def tidy(found: Found) -> Plan:
    """As a consultation's page, but of the kind its own form says, whatever its title."""
    plan = content_item_plan(found)
    fields = tuple(replace(field, sql="'call_for_evidence'") if field.name == "kind" else field for field in plan.fields)
    return replace(plan, fields=fields)
