WITH voluntary AS (
    SELECT g.body, g.awarded_on, round(g.months) AS months
    FROM grants AS g JOIN organisations AS o USING (organisation_id)
    WHERE o.is_voluntary
)
SELECT b.body, p.period,
    count(*) FILTER (months > 12) AS hits,
    count(months) AS n,
    count(*) AS population,
    'no length of grant is held' AS why_missing
FROM voluntary, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(awarded_on)) AS p(period)
GROUP BY ALL
