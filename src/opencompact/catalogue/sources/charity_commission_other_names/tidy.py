"""How these files become rows."""

from opencompact.records.rules.register_extract import other_names_plan as tidy

__all__ = ["tidy"]
