SELECT b.body, p.period,
    count(*) FILTER (has_identifier) AS hits,
    count(*) AS n,
    count(*) AS population
FROM grants, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(awarded_on)) AS p(period)
GROUP BY ALL
