WITH days AS (
    SELECT m.body, m.day, a.income < 1000000 AS is_small, count(*) AS lines, sum(m.amount) AS amount, sum(abs(m.amount)) AS size
    FROM (SELECT *, coalesce(paid_on, try_cast(paid_in_month || '-01' AS DATE)) AS day FROM payments) AS m JOIN organisations AS o USING (organisation_id)
    LEFT JOIN organisation_accounts AS a ON a.organisation_id = m.organisation_id AND m.day BETWEEN a.from_on AND a.to_on
    WHERE o.is_voluntary
    GROUP BY ALL
), totals AS (
    SELECT b.body, p.period,
        coalesce(sum(amount) FILTER (is_small), 0) AS small,
        sum(amount) FILTER (is_small IS NOT NULL) AS known,
        coalesce(sum(lines) FILTER (is_small IS NOT NULL), 0) AS n,
        sum(lines) AS population,
        coalesce(sum(size) FILTER (is_small IS NOT NULL), 0) / nullif(sum(size), 0) AS coverage
    FROM days, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(day)) AS p(period)
    GROUP BY ALL
)
SELECT body, period,
    CASE WHEN known > 0 AND small BETWEEN 0 AND known THEN small / known END AS value,
    n, population, coverage,
    CASE WHEN n > 0 THEN 'credits outweigh the rest, so no share can be taken' ELSE 'no recipient''s income of that year is held' END AS why_missing
FROM totals
