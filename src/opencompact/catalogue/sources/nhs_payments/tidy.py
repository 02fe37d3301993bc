"""How these files become rows."""

from opencompact.records.rules.payment_files import payments_plan as tidy

__all__ = ["tidy"]
