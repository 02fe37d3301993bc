"""How these files become rows."""

from opencompact.records.rules.contract_files import contracts_plan as tidy

__all__ = ["tidy"]
