WITH days AS (
    SELECT m.body, k.kind, m.awarded_on AS day, o.is_voluntary, count(*) AS lines
    FROM grants AS m LEFT JOIN organisations AS o USING (organisation_id) LEFT JOIN bodies AS k ON k.body = m.body
    GROUP BY ALL
)
SELECT b.body, p.period,
    coalesce(sum(lines) FILTER (is_voluntary), 0) AS value,
    coalesce(sum(lines) FILTER (is_voluntary IS NOT NULL), 0) AS n,
    sum(lines) AS population,
    'no recipient is identified' AS why_missing
FROM days, UNNEST(CASE WHEN kind = 'funder' THEN [body] ELSE bodies_of(body) END) AS b(body), UNNEST(periods_of(day)) AS p(period)
GROUP BY ALL
