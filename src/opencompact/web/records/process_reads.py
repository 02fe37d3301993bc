"""What the pages of procurement processes ask of the release: the list, one process, its notices, lots and awards."""

from dataclasses import dataclass

from opencompact.lake import Connection
from opencompact.records.queries import Row, rows


@dataclass(frozen=True)
class Wanted:
    """Which processes: words of the title or buyer, a body, and one of KINDS, each or none."""

    text: str = ""
    body: str = ""
    kind: str = ""


_WHERE = """(? = '' OR contains(lower(concat_ws(' ', p.title, p.buyer_name, p.ocid)), lower(?))) AND (? = '' OR p.body = ?) AND (? = '' OR p.kind = ?)"""


def _given(wanted: Wanted) -> list[str]:
    return [value for each in (wanted.text, wanted.body, wanted.kind) for value in (each, each)]


def counts(con: Connection, *, wanted: Wanted) -> Row:
    """How many are `held`; of how many a window is `known`, its `middle` in days; and of how many of those with a tender an `early` notice was seen."""
    return rows(
        con,
        f"""SELECT count(*) AS held, count(days_open) AS known, median(days_open) AS middle,
            count(*) FILTER (opens_on IS NOT NULL) AS tendered, count(*) FILTER (opens_on IS NOT NULL AND early_on < opens_on) AS early
        FROM processes p WHERE {_WHERE}""",
        _given(wanted),
    )[0]


def processes(con: Connection, *, wanted: Wanted, limit: int, offset: int) -> list[Row]:
    """Processes with `body_name` and what their awards in pounds come to as `awarded`, the latest told first."""
    return rows(
        con,
        f"""WITH found AS (SELECT * FROM processes p WHERE {_WHERE} ORDER BY last_on DESC NULLS LAST, ocid LIMIT ? OFFSET ?)
        SELECT f.*, coalesce(b.name, f.buyer_name, f.body) AS body_name, c.awarded FROM found f LEFT JOIN bodies b USING (body)
        LEFT JOIN (SELECT ocid, sum(amount) AS awarded FROM contracts GROUP BY ocid) c ON c.ocid = f.ocid ORDER BY f.last_on DESC NULLS LAST, f.ocid""",
        [*_given(wanted), limit, offset],
    )


def process(con: Connection, ocid: str) -> Row | None:
    """One process with `body_name`, and `starts_on`, the first day of its contracts; None where there is none of this ocid."""
    found = rows(
        con,
        """SELECT p.*, coalesce(b.name, p.buyer_name, p.body) AS body_name, b.body IS NOT NULL AS is_known,
            (SELECT min(starts_on) FROM contracts c WHERE c.ocid = p.ocid) AS starts_on
        FROM processes p LEFT JOIN bodies b USING (body) WHERE p.ocid = ?""",
        [ocid],
    )
    return found[0] if found else None


def notices(con: Connection, ocid: str) -> list[Row]:
    """The notices of a process in order."""
    return rows(con, "SELECT * FROM notices WHERE ocid = ? ORDER BY place", [ocid])


def lots(con: Connection, ocid: str) -> list[Row]:
    """The lots of a process."""
    return rows(con, "SELECT * FROM lots WHERE ocid = ? ORDER BY lot_id", [ocid])


def awards(con: Connection, ocid: str) -> list[Row]:
    """The suppliers of each award in pounds, with `organisation_name` where the supplier is identified."""
    return rows(
        con,
        """SELECT c.*, o.name AS organisation_name FROM contracts c LEFT JOIN organisations o USING (organisation_id)
        WHERE c.ocid = ? ORDER BY c.awarded_on NULLS LAST, c.award_id, c.supplier_place""",
        [ocid],
    )
