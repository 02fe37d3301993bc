SELECT b.body, p.period,
    count(*) FILTER (has_identifier) AS hits,
    count(*) AS n,
    count(*) AS population
FROM (SELECT g.*, k.kind FROM grants AS g LEFT JOIN bodies AS k ON k.body = g.body), UNNEST(CASE WHEN kind = 'funder' THEN [body] ELSE bodies_of(body) END) AS b(body), UNNEST(periods_of(awarded_on)) AS p(period)
GROUP BY ALL
