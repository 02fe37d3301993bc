SELECT b.body, p.period,
    count(*) FILTER (days_open < 84) AS hits,
    count(days_open) AS n,
    count(*) AS population,
    'opening or closing day is not held for any of them' AS why_missing
FROM consultations, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(opened_on)) AS p(period)
GROUP BY ALL
