WITH days AS (
    SELECT m.body, coalesce(m.awarded_on, m.published_on) AS day, o.is_voluntary, count(*) AS lines
    FROM contracts AS m LEFT JOIN organisations AS o USING (organisation_id)
    GROUP BY ALL
)
SELECT b.body, p.period,
    coalesce(sum(lines) FILTER (is_voluntary), 0) AS value,
    coalesce(sum(lines) FILTER (is_voluntary IS NOT NULL), 0) AS n,
    sum(lines) AS population,
    'no supplier is identified' AS why_missing
FROM days, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(day)) AS p(period)
GROUP BY ALL
