WITH days AS (
    SELECT m.body, coalesce(m.paid_on, try_cast(m.paid_in_month || '-01' AS DATE)) AS day, o.is_voluntary,
        count(*) AS lines, count(m.amount) AS amounts, sum(m.amount) AS amount, sum(abs(m.amount)) AS size
    FROM payments AS m LEFT JOIN organisations AS o USING (organisation_id)
    GROUP BY ALL
), totals AS (
    SELECT b.body, p.period,
        sum(lines) AS population,
        coalesce(sum(amounts) FILTER (is_voluntary IS NOT NULL), 0) AS n,
        sum(amount) AS total,
        coalesce(sum(amount) FILTER (is_voluntary), 0) AS voluntary,
        coalesce(sum(size) FILTER (is_voluntary IS NOT NULL), 0) / nullif(sum(size), 0) AS coverage
    FROM days, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(day)) AS p(period)
    GROUP BY ALL
)
SELECT body, period,
    CASE WHEN n > 0 AND total > 0 AND voluntary BETWEEN 0 AND total THEN voluntary / total END AS value,
    n, population, coverage,
    CASE WHEN n > 0 THEN 'credits outweigh the rest, so no share can be taken' ELSE 'no payee is identified' END AS why_missing
FROM totals
