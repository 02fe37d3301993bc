SELECT b.body, p.period,
    count(days_open) AS n,
    count(*) AS population,
    list(days_open ORDER BY days_open) FILTER (days_open IS NOT NULL) AS observations,
    'opening or closing day is not held for any of them' AS why_missing
FROM consultations, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(opened_on)) AS p(period)
GROUP BY ALL
