"""What judgement writes: `measuring` into the lake; verdicts, audits and returns into the office's tables (imported by name: they need Django)."""

from opencompact.judgement.actions.measuring import judge, judge_consultations, judge_undertakings, measures, put_judged, put_measures, select_rows

__all__ = ["judge", "judge_consultations", "judge_undertakings", "measures", "put_judged", "put_measures", "select_rows"]
