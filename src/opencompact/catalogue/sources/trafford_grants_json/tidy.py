"""How these files become rows."""

from opencompact.records.rules.grant_files import grants_json_plan as tidy

__all__ = ["tidy"]
