"""What pages ask of judgement: verdicts of a body, promises against bodies, figures in order of time, counts by verdict."""

from collections.abc import Sequence
from typing import Any

from opencompact.lake import Connection
from opencompact.lake.engine import Reader
from opencompact.values.period import period_kind

Row = dict[str, Any]


def rows(con: Reader, query: str, given: Sequence[Any] = ()) -> list[Row]:
    """The rows of a query by column name."""
    answer = con.execute(query, list(given))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def verdicts_of_body(con: Connection, *, body: str) -> list[Row]:
    """Verdicts on the body with each undertaking's number, outcome and paraphrase, in the agreement's order."""
    return rows(
        con,
        """SELECT v.*, u.agreement, u.number, u.outcome, u.paraphrase FROM verdicts v JOIN undertakings u USING (undertaking)
        WHERE v.body = ? ORDER BY u.agreement, u.place""",
        [body],
    )


def consultation_verdicts(con: Connection, *, consultation_id: str) -> list[Row]:
    """Verdicts on one consultation with each rule set's title and maker, the government's before the Compact's."""
    return rows(
        con,
        """SELECT v.*, r.title, r.made_by, r.rule, r.least_days FROM consultation_verdicts v JOIN rule_sets r USING (rule_set)
        WHERE v.consultation_id = ? ORDER BY r.made_by = 'compact', r.in_force_from""",
        [consultation_id],
    )


def matrix(con: Connection, *, agreement: str) -> list[Row]:
    """Promises against bodies: one row for each verdict on the agreement, with the body's name and kind; bodies grouped by kind."""
    return rows(
        con,
        """SELECT v.body, coalesce(b.name, v.body) AS name, b.kind, v.undertaking, u.number, u.outcome, v.verdict, v.because, v.cases
        FROM verdicts v JOIN undertakings u USING (undertaking) LEFT JOIN bodies b ON b.body = v.body
        WHERE u.agreement = ? ORDER BY b.kind, name, v.body, u.place""",
        [agreement],
    )


def measures_of_body(con: Connection, *, body: str, period: str = "all") -> list[Row]:
    """Every figure of the body for the period, with the indicator's title, unit and direction."""
    return rows(
        con,
        """SELECT m.*, i.title, i.question, i.unit, i.better FROM measures m JOIN indicators i USING (indicator)
        WHERE m.body = ? AND m.period = ? ORDER BY m.indicator""",
        [body, period],
    )


def measure_series(con: Connection, *, indicator: str, body: str, kind: str) -> list[Row]:
    """The indicator's figures for the body in order of time; `kind` of period is `year`, `quarter`, `financial_year` or `all`."""
    series = rows(con, "SELECT * FROM measures WHERE indicator = ? AND body = ? ORDER BY period", [indicator, body])
    return [row for row in series if period_kind(row["period"]) == kind]


def measures_by_body(con: Connection, *, indicator: str, period: str = "all") -> list[Row]:
    """The indicator's figures of every body for the period, everybody's first, with names and kinds."""
    return rows(
        con,
        """SELECT m.*, coalesce(b.name, m.body) AS name, b.kind FROM measures m LEFT JOIN bodies b ON b.body = m.body
        WHERE m.indicator = ? AND m.period = ? ORDER BY m.body <> 'all', name, m.body""",
        [indicator, period],
    )


def count_verdicts(con: Connection, *, undertaking: str) -> dict[str, int]:
    """Bodies by verdict on the undertaking."""
    return dict(con.execute("SELECT verdict, count(*) FROM verdicts WHERE undertaking = ? GROUP BY verdict ORDER BY verdict", [undertaking]).fetchall())


def count_consultation_verdicts(con: Connection, *, rule_set: str, body: str = "all") -> dict[str, int]:
    """Consultations by verdict under the rule set, of the body or of everybody."""
    return dict(
        con.execute(
            """SELECT v.verdict, count(*) FROM consultation_verdicts v JOIN consultations c USING (consultation_id)
            WHERE v.rule_set = ? AND ? IN (c.body, 'all') GROUP BY v.verdict ORDER BY v.verdict""",
            [rule_set, body],
        ).fetchall()
    )


def length_rules(con: Connection) -> list[Row]:
    """The rule sets in order of their first day, as far as lengths go."""
    return rows(con, "SELECT rule_set, title, made_by, in_force_from, in_force_to, least_days FROM rule_sets ORDER BY in_force_from, rule_set")


def consultations_to_judge(con: Connection) -> list[Row]:
    """What a verdict on length rests on, for every consultation."""
    return rows(
        con,
        """SELECT consultation_id, kind, opened_on, closed_on, explanation, explanation_quote, explanation_found_in, sector_relevance
        FROM consultations ORDER BY consultation_id""",
    )


def undertakings_to_judge(con: Connection) -> list[Row]:
    """What decides whether the record can test an undertaking, for every one."""
    return rows(con, "SELECT undertaking, wording, test, cannot_yet FROM undertakings ORDER BY undertaking")


def case_verdicts(con: Connection) -> list[tuple[str, str, str]]:
    """Rule set, body and verdict of every consultation judged."""
    return con.execute(
        """SELECT v.rule_set, c.body, v.verdict FROM consultation_verdicts v JOIN consultations c USING (consultation_id)
        ORDER BY v.rule_set, c.body, v.consultation_id"""
    ).fetchall()
