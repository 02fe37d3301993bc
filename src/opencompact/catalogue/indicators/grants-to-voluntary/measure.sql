WITH days AS (
    SELECT m.body, k.kind, m.awarded_on AS day, o.is_voluntary,
        count(*) AS lines, count(m.amount) AS amounts, sum(m.amount) AS amount, sum(abs(m.amount)) AS size
    FROM grants AS m LEFT JOIN organisations AS o USING (organisation_id) LEFT JOIN bodies AS k ON k.body = m.body
    GROUP BY ALL
), totals AS (
    SELECT b.body, p.period,
        sum(lines) AS population,
        coalesce(sum(amounts) FILTER (is_voluntary IS NOT NULL), 0) AS n,
        sum(amount) AS total,
        coalesce(sum(amount) FILTER (is_voluntary), 0) AS voluntary,
        coalesce(sum(size) FILTER (is_voluntary IS NOT NULL), 0) / nullif(sum(size), 0) AS coverage
    FROM days, UNNEST(CASE WHEN kind = 'funder' THEN [body] ELSE bodies_of(body) END) AS b(body), UNNEST(periods_of(day)) AS p(period)
    GROUP BY ALL
)
SELECT body, period, CASE WHEN n > 0 THEN voluntary END AS value, n, population, coverage, 'no recipient with an amount is identified' AS why_missing
FROM totals
