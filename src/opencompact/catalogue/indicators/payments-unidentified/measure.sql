WITH days AS (
    SELECT m.body, coalesce(m.paid_on, try_cast(m.paid_in_month || '-01' AS DATE)) AS day, o.organisation_id IS NOT NULL AS is_identified, count(*) AS lines, sum(m.amount) AS amount
    FROM payments AS m LEFT JOIN organisations AS o USING (organisation_id)
    GROUP BY ALL
)
SELECT b.body, p.period,
    coalesce(sum(amount) FILTER (NOT is_identified), 0) AS value,
    sum(lines) AS n,
    sum(lines) AS population
FROM days, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(day)) AS p(period)
GROUP BY ALL
