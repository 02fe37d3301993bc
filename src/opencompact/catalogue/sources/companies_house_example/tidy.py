"""How these files become rows."""

from opencompact.records.rules.register_companies import companies_plan as tidy

__all__ = ["tidy"]
