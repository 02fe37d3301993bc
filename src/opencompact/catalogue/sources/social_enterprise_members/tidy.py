"""How these files become rows."""

from opencompact.records.rules.register_lookups import members_plan as tidy

__all__ = ["tidy"]
