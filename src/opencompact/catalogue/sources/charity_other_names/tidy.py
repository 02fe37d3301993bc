"""How these files become rows."""

from opencompact.records.rules.register_lookups import other_names_plan as tidy

__all__ = ["tidy"]
