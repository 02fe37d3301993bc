"""How these files become rows."""

from opencompact.records.rules.consultation_files import content_item_plan as tidy

__all__ = ["tidy"]
