SELECT b.body, p.period,
    count(*) FILTER (kind = 'call_for_evidence') AS value,
    count(kind) AS n,
    count(*) AS population,
    'what the body called them is not held' AS why_missing
FROM consultations, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(opened_on)) AS p(period)
GROUP BY ALL
