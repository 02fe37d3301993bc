"""How these files become rows."""

from opencompact.records.rules.register_scottish import scottish_plan as tidy

__all__ = ["tidy"]
