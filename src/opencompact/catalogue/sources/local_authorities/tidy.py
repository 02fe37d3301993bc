"""How these files become rows."""

from opencompact.records.rules.register_councils import authorities_plan as tidy

__all__ = ["tidy"]
