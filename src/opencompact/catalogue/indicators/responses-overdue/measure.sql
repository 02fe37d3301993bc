SELECT b.body, p.period,
    count(*) FILTER (response_state IN ('late', 'overdue')) AS hits,
    count(*) FILTER (response_state IN ('in_time', 'late', 'overdue')) AS n,
    count(*) AS population,
    'no page read after the response was due is held' AS why_missing
FROM consultations, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(opened_on)) AS p(period)
WHERE response_state <> 'not_due'
GROUP BY ALL
