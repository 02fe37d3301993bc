"""What the pages of bodies and methods ask of the release beyond the room's own queries."""

from opencompact.lake import Connection
from opencompact.records.queries import Row, rows


def bodies(con: Connection, *, indicator: str) -> list[Row]:
    """Every body with what is held of it (`consultations`, `months` of any money record) and its figure over all periods for the indicator."""
    return rows(
        con,
        """SELECT b.body, b.name, b.kind, b.ended_on, b.history, coalesce(c.held, 0) AS consultations, coalesce(k.months, 0) AS months,
            m.value, m.low, m.high, m.n, m.hits, m.why_missing
        FROM bodies b
        LEFT JOIN (SELECT body, count(*) AS held FROM consultations GROUP BY body) c USING (body)
        LEFT JOIN (SELECT body, count(*) AS months FROM coverage WHERE state = 'held' AND record <> 'consultations' GROUP BY body) k USING (body)
        LEFT JOIN (SELECT * FROM measures WHERE indicator = ? AND period = 'all') m USING (body)
        ORDER BY b.kind, lower(b.name), b.body""",
        [indicator],
    )


def body(con: Connection, slug: str) -> Row | None:
    """One body; None where there is none."""
    found = rows(con, "SELECT * FROM bodies WHERE body = ?", [slug])
    return found[0] if found else None


def family(con: Connection, one: Row) -> list[Row]:
    """The body itself and every body it continues, is continued by, or shares a history with."""
    named = ";".join(filter(None, (one["predecessors"], one["successors"])))
    return rows(
        con,
        "SELECT * FROM bodies WHERE body = ? OR history = ? OR list_contains(?, body) ORDER BY ended_on IS NULL, ended_on, lower(name)",
        [one["body"], one["history"], [slug.strip() for slug in named.split(";") if slug.strip()]],
    )


def consultations_of(con: Connection, *, bodies: list[str]) -> list[Row]:
    """Consultations of the bodies with their lengths, responses and verdicts, the latest first."""
    return rows(
        con,
        """SELECT c.*, coalesce(b.name, c.body) AS body_name, v.government, v.compact
        FROM consultations c LEFT JOIN bodies b ON b.body = c.body
        LEFT JOIN (SELECT v.consultation_id,
            min(v.verdict) FILTER (r.made_by = 'government') AS government, min(v.verdict) FILTER (r.made_by = 'compact') AS compact
            FROM consultation_verdicts v JOIN rule_sets r USING (rule_set) GROUP BY v.consultation_id) v USING (consultation_id)
        WHERE list_contains(?, c.body) ORDER BY c.opened_on DESC NULLS LAST, c.consultation_id""",
        [bodies],
    )


def indicators(con: Connection) -> list[Row]:
    """Every indicator with its figure for everybody over all periods, and how many figures it has."""
    return rows(
        con,
        """SELECT i.*, m.value, m.low, m.high, m.n, m.hits, m.coverage, m.why_missing, coalesce(k.figures, 0) AS figures
        FROM indicators i LEFT JOIN (SELECT * FROM measures WHERE body = 'all' AND period = 'all') m USING (indicator)
        LEFT JOIN (SELECT indicator, count(*) AS figures FROM measures GROUP BY indicator) k USING (indicator) ORDER BY i.title""",
    )


def indicator(con: Connection, slug: str) -> Row | None:
    """One indicator; None where there is none."""
    found = rows(con, "SELECT * FROM indicators WHERE indicator = ?", [slug])
    return found[0] if found else None


def measure(con: Connection, *, indicator: str, body: str, period: str) -> Row | None:
    """One figure with its indicator and its body's name; None where there is none."""
    found = rows(
        con,
        """SELECT m.*, i.title, i.question, i.unit, i.population, i.denominator, i.sql, i.version, i.interval, coalesce(b.name, m.body) AS body_name
        FROM measures m JOIN indicators i USING (indicator) LEFT JOIN bodies b ON b.body = m.body WHERE m.indicator = ? AND m.body = ? AND m.period = ?""",
        [indicator, body, period],
    )
    return found[0] if found else None


def judged_of_body(con: Connection, *, body: str) -> list[Row]:
    """Verdicts that needed judgement on the body, with each undertaking's number and paraphrase, the latest year first; none in a release made before any was.

    Each was put to the body before it was signed.
    """
    if not rows(con, "SELECT 1 FROM information_schema.tables WHERE table_name = 'judged_verdicts'"):
        return []
    return rows(
        con,
        """SELECT v.*, u.agreement, u.number, u.paraphrase FROM judged_verdicts v LEFT JOIN undertakings u USING (undertaking)
        WHERE v.body = ? ORDER BY v.year DESC, v.undertaking, v.verdict_id""",
        [body],
    )
