SELECT b.body, t.period,
    count(days_open) AS n,
    count(*) AS population,
    list(days_open ORDER BY days_open) FILTER (days_open IS NOT NULL) AS observations,
    'closing day is not held for any of them' AS why_missing
FROM processes p LEFT JOIN bodies known USING (body),
    UNNEST(CASE WHEN known.body IS NULL THEN ['all'] ELSE bodies_of(p.body) END) AS b(body), UNNEST(periods_of(opens_on)) AS t(period)
WHERE opens_on IS NOT NULL
GROUP BY ALL
