"""What the promise pages ask of the release beyond the room's own queries."""

from opencompact.lake import Connection
from opencompact.records.queries import Row, rows


def undertakings(con: Connection) -> list[Row]:
    """Every undertaking with its number of verdicts by word, in the order of its agreement."""
    return rows(
        con,
        """SELECT u.*, coalesce(v.bodies, 0) AS bodies, coalesce(v.met, 0) AS met, coalesce(v.explained, 0) AS explained,
            coalesce(v.unexplained, 0) AS unexplained,
            coalesce(v.not_applicable, 0) AS not_applicable, coalesce(v.cannot_tell, 0) AS cannot_tell
        FROM undertakings u LEFT JOIN agreements a USING (agreement) LEFT JOIN (
            SELECT undertaking, count(*) AS bodies, count(*) FILTER (verdict = 'met') AS met, count(*) FILTER (verdict = 'explained') AS explained,
                count(*) FILTER (verdict = 'unexplained') AS unexplained, count(*) FILTER (verdict = 'not_applicable') AS not_applicable,
                count(*) FILTER (verdict = 'cannot_tell') AS cannot_tell
            FROM verdicts GROUP BY undertaking) v USING (undertaking)
        ORDER BY a.in_force_from NULLS LAST, u.agreement, u.place""",
    )


def verdicts(con: Connection, *, undertaking: str | None = None) -> list[Row]:
    """Verdicts with each body's name and kind, bodies grouped by kind; on one undertaking or on all."""
    return rows(
        con,
        """SELECT v.*, u.agreement, u.outcome, u.number, coalesce(b.name, v.body) AS name, coalesce(b.kind, 'not_held') AS kind
        FROM verdicts v JOIN undertakings u USING (undertaking) LEFT JOIN bodies b ON b.body = v.body
        WHERE v.undertaking = coalesce(?, v.undertaking) ORDER BY kind, lower(name), v.body, u.place""",
        [undertaking],
    )


def kin_of(con: Connection, undertakings: list[str]) -> list[Row]:
    """The named undertakings with their agreements' titles."""
    return rows(
        con,
        """SELECT u.*, a.title AS agreement_title FROM undertakings u LEFT JOIN agreements a USING (agreement)
        WHERE list_contains(?, u.undertaking) ORDER BY u.agreement, u.place""",
        [undertakings],
    )
