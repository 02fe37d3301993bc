"""What pages ask of judgement: `measuring` of the lake; verdicts, audits and returns of the office's tables (imported by name: they need Django)."""

from opencompact.judgement.queries.measuring import (
    Row,
    case_verdicts,
    consultation_verdicts,
    consultations_to_judge,
    count_consultation_verdicts,
    count_verdicts,
    length_rules,
    matrix,
    measure_series,
    measures_by_body,
    measures_of_body,
    rows,
    undertakings_to_judge,
    verdicts_of_body,
)

__all__ = [
    "Row",
    "case_verdicts",
    "consultation_verdicts",
    "consultations_to_judge",
    "count_consultation_verdicts",
    "count_verdicts",
    "length_rules",
    "matrix",
    "measure_series",
    "measures_by_body",
    "measures_of_body",
    "rows",
    "undertakings_to_judge",
    "verdicts_of_body",
]
