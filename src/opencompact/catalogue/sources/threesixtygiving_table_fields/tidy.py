"""How these files become rows."""

from opencompact.records.rules.grant_files import grants_table_plan as tidy

__all__ = ["tidy"]
