"""How these files become rows."""

from opencompact.records.rules.contract_files import releases_plan as tidy

__all__ = ["tidy"]
