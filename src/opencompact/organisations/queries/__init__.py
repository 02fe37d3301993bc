"""What pages ask of who-is-who: `lookup` of the lake, `office` of the office's tables (which needs Django set up, so it is imported by name)."""

from opencompact.organisations.queries.lookup import HISTORY, Row, as_of, history_of, most_received, organisation, received

__all__ = ["HISTORY", "Row", "as_of", "history_of", "most_received", "organisation", "received"]
