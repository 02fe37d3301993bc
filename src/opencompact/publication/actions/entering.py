"""Puts the search entries: one for each page the site can show."""

from opencompact.lake import Change

# Organisations enter only where they are voluntary and identified in the record: no other payee has a page.
# Postcodes, published names and the names of people are not among the columns asked for.
_ENTRIES = """
WITH money AS (
  SELECT body, organisation_id, link_stage FROM payments UNION ALL BY NAME
  SELECT body, organisation_id, link_stage FROM grants UNION ALL BY NAME
  SELECT body, organisation_id, link_stage FROM contracts
),
rows_of_body AS (SELECT body, count(*) AS weight FROM (SELECT body FROM money UNION ALL SELECT body FROM consultations) GROUP BY body),
rows_of_organisation AS (SELECT organisation_id, count(*) AS weight FROM money WHERE link_stage <> 'none' GROUP BY organisation_id),
rows_of_undertaking AS (SELECT undertaking, count(*) AS weight FROM verdicts GROUP BY undertaking),
rows_of_indicator AS (SELECT indicator, count(*) AS weight FROM measures GROUP BY indicator),
made AS (
  SELECT '/bodies/' || body || '/' AS path, 'body' AS kind, name AS title,
    concat_ws(' ', replace(body, '-', ' '), replace(kind, '_', ' '), organisation_id) AS text, weight
  FROM bodies LEFT JOIN rows_of_body USING (body)
  UNION ALL
  SELECT '/consultations/' || consultation_id || '/', 'consultation', coalesce(c.title, c.consultation_id),
    concat_ws(' ', b.name, strftime(c.opened_on, '%Y'), c.summary), 1
  FROM consultations c LEFT JOIN bodies b USING (body)
  UNION ALL
  SELECT '/organisations/' || organisation_id || '/', 'organisation', name, concat_ws(' ', organisation_id, replace(other_ids, ';', ' ')), weight
  FROM organisations JOIN rows_of_organisation USING (organisation_id) WHERE is_voluntary AND name <> 'withheld'
  UNION ALL
  SELECT '/agreements/' || undertaking || '/', 'undertaking', a.title || ', ' || u.number, concat_ws(' ', u.paraphrase, u.outcome), weight
  FROM undertakings u JOIN agreements a USING (agreement) LEFT JOIN rows_of_undertaking USING (undertaking)
  UNION ALL
  SELECT '/agreements/' || agreement || '/', 'agreement', a.title, concat_ws(' ', replace(agreement, '-', ' '), a.parties), weight
  FROM agreements a LEFT JOIN (SELECT agreement, count(*) AS weight FROM undertakings GROUP BY agreement) USING (agreement)
  UNION ALL
  SELECT '/methods/' || indicator || '/', 'indicator', i.title, concat_ws(' ', i.question, i.why_it_matters, i.population), weight
  FROM indicators i LEFT JOIN rows_of_indicator USING (indicator)
)
SELECT path, kind, title, text, coalesce(weight, 0) AS weight FROM made ORDER BY path"""


def entries(change: Change) -> int:
    """Make the table `entries` from the tables put in this change; returns its rows."""
    return change.put("entries", _ENTRIES)
