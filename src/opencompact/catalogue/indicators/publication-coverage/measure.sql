SELECT b.body, p.period,
    count(*) FILTER (state = 'held') / count(*) AS value,
    count(*) FILTER (state = 'held') AS hits,
    count(*) AS n,
    count(*) AS population
FROM coverage, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(CAST(month || '-01' AS DATE))) AS p(period)
GROUP BY ALL
