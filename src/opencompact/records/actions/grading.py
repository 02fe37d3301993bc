"""Publishes the publishers' scorecards, once everything they count is there."""

from opencompact.lake import Change
from opencompact.records.rules.quality import publisher_files_sql, quality_sql


def grade(change: Change, *, standing: str) -> None:
    """Put publisher_files and publisher_quality, from the lines, the files and their problems."""
    change.put("publisher_files", publisher_files_sql(standing))
    change.put("publisher_quality", quality_sql())
