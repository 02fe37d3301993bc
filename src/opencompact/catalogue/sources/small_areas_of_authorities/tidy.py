"""How these files become rows."""

from opencompact.records.rules.place_files import lookup_plan as tidy

__all__ = ["tidy"]
