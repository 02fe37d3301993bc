"""What judgement writes: `measuring` into the lake; verdicts, audits and returns into the office's tables (which need Django set up, so they are imported by name)."""

from opencompact.judgement.actions.measuring import judge, judge_consultations, judge_undertakings, measures, put_measures, select_rows

__all__ = ["judge", "judge_consultations", "judge_undertakings", "measures", "put_measures", "select_rows"]
