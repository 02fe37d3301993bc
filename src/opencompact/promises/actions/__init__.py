"""What promises write: `agreements` into the lake, `ledger` into the office's tables (which needs Django set up, so it is imported by name)."""

from opencompact.promises.actions.agreements import extract

__all__ = ["extract"]
