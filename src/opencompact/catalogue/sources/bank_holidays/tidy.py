"""How these files become rows."""

from opencompact.records.rules.register_lookups import set_aside as tidy

__all__ = ["tidy"]
