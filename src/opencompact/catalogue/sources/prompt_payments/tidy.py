"""How these files become rows."""

from opencompact.records.rules.prompt_payment_files import prompt_payments_plan as tidy

__all__ = ["tidy"]
