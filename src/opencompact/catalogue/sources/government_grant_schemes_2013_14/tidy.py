"""How these files become rows."""

from opencompact.records.rules.grant_schemes import grant_schemes_plan as tidy

__all__ = ["tidy"]
