"""How these files become rows."""

from opencompact.records.rules.register_files import organisation_page_plan as tidy

__all__ = ["tidy"]
