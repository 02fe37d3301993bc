"""Publishes consultations: each line once, with the sums and the searches its page shows."""

from datetime import datetime

from opencompact.lake import Change
from opencompact.records.rules.consultation import Phrases, response_clocks, work_out
from opencompact.records.rules.publishing import consultations_sql
from opencompact.records.rules.search import compile_terms
from opencompact.registry import Catalogue
from opencompact.values.days import read_windows


def publish_consultations(change: Change, *, catalogue: Catalogue, standing: str, at: datetime, digest: str) -> None:
    """Put consultations: the lines that count, with what is worked out about each as of `at`; the same lines on the same day are not worked out again.

    `digest` is a checksum of the code and the words that decide it.
    """
    copies = change.con.execute("SELECT source_file FROM sources WHERE copy_of IS NOT NULL ORDER BY 1").fetchall()
    made_from = f"{digest} {standing} {at.date()} {change.made_of('consultation_lines', 'rule_sets')} {copies}"
    if part := change.known_part("consultations", made_from):
        change.put_parts("consultations", [part])
        return
    words = {slug: compile_terms(catalogue.vocabularies[slug].terms) for slug in ("explanation-phrases", "softening-phrases", "sector-words")}
    phrases = Phrases(explanation=words["explanation-phrases"], softening=words["softening-phrases"], sector=words["sector-words"])
    windows = read_windows(catalogue.vocabularies["holiday-windows"].terms)
    clocks = response_clocks(_rows(change, "SELECT in_force_from, in_force_to, response_days FROM rule_sets"))
    lines = _rows(change, consultations_sql(standing))
    public = set(change.lake.shapes["consultations"].column_names)
    worked = [line | work_out(line, phrases=phrases, windows=windows, clocks=clocks, at=at) for line in lines]
    change.put_rows("consultations", [{name: value for name, value in row.items() if name in public} for row in worked], made_from=made_from)


def _rows(change: Change, select: str) -> list[dict[str, object]]:
    answer = change.con.execute(select)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
