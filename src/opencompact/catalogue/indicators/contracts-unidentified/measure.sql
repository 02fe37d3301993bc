WITH days AS (
    SELECT m.body, coalesce(m.awarded_on, m.published_on) AS day, o.organisation_id IS NOT NULL AS is_identified,
        count(*) AS lines, count(m.amount) AS amounts, sum(m.amount) AS amount
    FROM contracts AS m LEFT JOIN organisations AS o USING (organisation_id)
    GROUP BY ALL
)
SELECT b.body, p.period,
    CASE WHEN bool_and(is_identified) THEN 0 ELSE sum(amount) FILTER (NOT is_identified) END AS value,
    sum(CASE WHEN is_identified THEN lines ELSE amounts END) AS n,
    sum(lines) AS population,
    'no amount is held for those not identified' AS why_missing
FROM days, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(day)) AS p(period)
GROUP BY ALL
