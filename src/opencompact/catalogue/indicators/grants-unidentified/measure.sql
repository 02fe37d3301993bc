WITH days AS (
    SELECT m.body, k.kind, m.awarded_on AS day, o.organisation_id IS NOT NULL AS is_identified,
        count(*) AS lines, count(m.amount) AS amounts, sum(m.amount) AS amount
    FROM grants AS m LEFT JOIN organisations AS o USING (organisation_id) LEFT JOIN bodies AS k ON k.body = m.body
    GROUP BY ALL
)
SELECT b.body, p.period,
    CASE WHEN bool_and(is_identified) THEN 0 ELSE sum(amount) FILTER (NOT is_identified) END AS value,
    sum(CASE WHEN is_identified THEN lines ELSE amounts END) AS n,
    sum(lines) AS population,
    'no amount is held for those not identified' AS why_missing
FROM days, UNNEST(CASE WHEN kind = 'funder' THEN [body] ELSE bodies_of(body) END) AS b(body), UNNEST(periods_of(day)) AS p(period)
GROUP BY ALL
