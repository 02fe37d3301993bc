"""Finding organisations of a release: by id, by number, by how the name begins; the public table's own columns, and nobody withheld."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from opencompact.lake import Connection

Row = dict[str, Any]
WITHHELD = "withheld"
ANY, VOLUNTARY = "organisation", "voluntary"  # types beside the kinds: every organisation, and the voluntary ones
# The public columns that are told of an organisation wherever one is found.
COLUMNS = ("organisation_id", "name", "kind", "is_voluntary", "size_band", "income", "income_year_ends_on", "on_register", "other_ids")
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM organisations WHERE name <> '{WITHHELD}'"


def by_ids(con: Connection, ids: Iterable[str]) -> dict[str, Row]:
    """The organisations of these ids that the release holds."""
    found = _rows(con, f"{_SELECT} AND organisation_id IN (SELECT unnest(?::VARCHAR[]))", [list(dict.fromkeys(ids))])
    return {row["organisation_id"]: row for row in found}


def by_numbers(con: Connection, numbers: Iterable[str]) -> Mapping[str, str]:
    """For each org-id the organisation that bears it, as its own id or as another of its numbers; left out where none or several do."""
    asked = list(dict.fromkeys(numbers))
    found = _rows(
        con,
        f"""WITH asked AS (SELECT unnest(?::VARCHAR[]) AS number), offered AS ({_SELECT}),
        borne AS (SELECT number, organisation_id, other_ids FROM asked JOIN offered ON organisation_id = number
          UNION ALL SELECT number, organisation_id, other_ids FROM asked JOIN (
            SELECT organisation_id, other_ids, unnest(string_split(other_ids, ';')) AS other FROM offered WHERE other_ids IS NOT NULL) ON other = number)
        SELECT number, list(DISTINCT organisation_id ORDER BY organisation_id) AS ids,
          list(DISTINCT organisation_id ORDER BY organisation_id) FILTER (organisation_id <> number) AS others FROM borne GROUP BY number""",
        [asked],
    )
    # A company that is also a charity is that charity, wherever both have a row.
    chosen = {row["number"]: row["others"] or row["ids"] for row in found}
    return {number: ids[0] for number, ids in chosen.items() if len(ids) == 1}


def bodies_called(con: Connection, names: Iterable[str]) -> dict[str, str]:
    """For each name of a body, or slug, as somebody writes it, the body's slug; left out where none or several are called so."""
    asked = list(dict.fromkeys(name for name in names if name))
    found = con.execute(
        """SELECT asked, min(body) FROM (SELECT unnest(?::VARCHAR[]) AS asked) JOIN bodies ON lower(trim(asked)) IN (lower(name), lower(body))
        GROUP BY asked HAVING count(*) = 1""",
        [asked],
    )
    return dict(found.fetchall())


def beginning_with(con: Connection, text: str, *, types: Sequence[str], limit: int, offset: int) -> list[Row]:
    """Organisations whose name begins so, or has a word that does, or whose id is this; voluntary ones first, then by the alphabet.

    Of some `types` alone where they are given: kinds, ANY or VOLUNTARY.
    """
    given = {"text": text, "types": list(types), "limit": limit, "offset": offset}
    return _rows(
        con,
        f"""{_SELECT} AND (starts_with(lower(name), lower($text)) OR contains(lower(name), ' ' || lower($text)) OR lower(organisation_id) = lower($text))
        AND (len($types::VARCHAR[]) = 0 OR list_has_any($types::VARCHAR[], [kind, '{ANY}', CASE WHEN is_voluntary THEN '{VOLUNTARY}' END]))
        ORDER BY lower(organisation_id) = lower($text) DESC, starts_with(lower(name), lower($text)) DESC, is_voluntary DESC, lower(name), organisation_id
        LIMIT $limit OFFSET $offset""",
        given,
    )


def _rows(con: Connection, query: str, given: Sequence[Any] | dict[str, Any]) -> list[Row]:
    answer = con.execute(query, given)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
