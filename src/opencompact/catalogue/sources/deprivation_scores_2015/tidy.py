"""How these files become rows."""

from opencompact.records.rules.place_files import deprivation_scores_plan as tidy

__all__ = ["tidy"]
