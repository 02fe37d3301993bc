"""Money found for one organisation: by record, body and financial year, with how much of the body's rows is identified at all."""

from typing import Any

from opencompact.api.reading import Opened, Row, rows
from opencompact.records.queries import ACCEPTED, MONEY, public_only

_ROWS = """
    SELECT '{record}' AS record, m.body, {day} AS day, m.amount, m.organisation_id, m.link_stage, {public} AS is_public, d.source_row IS NOT NULL AS is_disputed
    FROM {record} m LEFT JOIN (SELECT DISTINCT source_file, source_row, organisation_id FROM $DISPUTED WHERE record = '{record}') d
      USING (source_file, source_row, organisation_id)"""
_MONEY = " UNION ALL ".join(_ROWS.format(record=record, day=day, public=public_only(record)) for record, (day, _, _) in MONEY.items())
_SELECT = f"""
WITH money AS (SELECT *, CASE WHEN month(day) >= 4 THEN year(day) ELSE year(day) - 1 END AS began FROM ({_MONEY})),
own AS (
  SELECT record, body, began, count(*) FILTER (list_contains($accepted, link_stage)) AS rows, bool_and(is_public) AS is_public,
    sum(amount) FILTER (list_contains($accepted, link_stage)) AS amount, count(*) FILTER (link_stage = 'probable') AS probable_rows,
    sum(amount) FILTER (link_stage = 'probable') AS probable_amount, count(*) FILTER (is_disputed) AS disputed_rows,
    sum(amount) FILTER (is_disputed) AS disputed_amount
  FROM money WHERE organisation_id = $organisation GROUP BY ALL
),
whole AS (
  SELECT record, body, began, count(*) AS body_rows,
    count(*) FILTER (list_contains($accepted, link_stage) AND organisation_id IS NOT NULL) AS body_identified_rows,
    coalesce(sum(amount) FILTER (link_stage IN ('review', 'none')), 0) AS body_unidentified_amount,
    coalesce(sum(amount) FILTER (link_stage = 'review'), 0) AS body_review_amount
  FROM money WHERE body IN (SELECT body FROM own) GROUP BY ALL
)
SELECT record, body, coalesce(b.name, body) AS body_name, is_public,
  own.began::VARCHAR || '/' || lpad(((own.began + 1) % 100)::VARCHAR, 2, '0') AS year, rows, amount::VARCHAR AS amount,
  nullif(concat_ws('; ', CASE WHEN own.began IS NULL THEN 'no day is held' END,
    CASE WHEN rows = 0 THEN 'every row is a probable link only' WHEN amount IS NULL THEN 'no amount is held' END), '') AS why_missing,
  probable_rows, probable_amount::VARCHAR AS probable_amount, disputed_rows, disputed_amount::VARCHAR AS disputed_amount, body_rows, body_identified_rows,
  body_unidentified_amount::VARCHAR AS body_unidentified_amount, body_review_amount::VARCHAR AS body_review_amount,
  round(body_identified_rows / body_rows, 4) AS body_identified_share
FROM own JOIN whole w USING (record, body) LEFT JOIN bodies b USING (body)
WHERE own.began IS NOT DISTINCT FROM w.began
ORDER BY own.began DESC NULLS LAST, record, body"""

# A release made before disputes were kept has none.
_NONE = "(SELECT '' AS record, '' AS source_file, 0 AS source_row, '' AS organisation_id WHERE false)"


def money_of(opened: Opened, organisation_id: str) -> list[Row]:
    """The organisation's money, latest year first: accepted links counted and summed, probable ones counted apart."""
    given: dict[str, Any] = {"organisation": organisation_id, "accepted": list(ACCEPTED)}
    disputed = "disputed_links" if "disputed_links" in opened.tables else _NONE
    return rows(opened.con(), _SELECT.replace("$DISPUTED", disputed), given)
