"""What who-is-who writes: `identifying` into the lake, `office` into the tables of the office (which needs Django set up, so it is imported by name)."""

from opencompact.organisations.actions.identifying import identify, mark_disputed, put_decisions, put_disputes

__all__ = ["identify", "mark_disputed", "put_decisions", "put_disputes"]
