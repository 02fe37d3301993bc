WITH voluntary AS (
    SELECT g.body, k.kind, g.awarded_on, round(g.months) AS months
    FROM grants AS g JOIN organisations AS o USING (organisation_id) LEFT JOIN bodies AS k ON k.body = g.body
    WHERE o.is_voluntary
)
SELECT b.body, p.period,
    count(*) FILTER (months > 12) AS hits,
    count(months) AS n,
    count(*) AS population,
    'no length of grant is held' AS why_missing
FROM voluntary, UNNEST(CASE WHEN kind = 'funder' THEN [body] ELSE bodies_of(body) END) AS b(body), UNNEST(periods_of(awarded_on)) AS p(period)
GROUP BY ALL
