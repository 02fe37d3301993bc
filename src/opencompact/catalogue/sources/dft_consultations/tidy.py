"""How these files become rows."""

from opencompact.records.rules.consultation_files import consultation_table_plan as tidy

__all__ = ["tidy"]
