WITH days AS (
    SELECT m.body, k.kind, m.awarded_on AS day, a.income < 1000000 AS is_small,
        count(*) AS lines, count(m.amount) AS amounts, sum(m.amount) AS amount, sum(abs(m.amount)) AS size
    FROM grants AS m JOIN organisations AS o USING (organisation_id) LEFT JOIN bodies AS k ON k.body = m.body
    LEFT JOIN organisation_accounts AS a ON a.organisation_id = m.organisation_id AND m.awarded_on BETWEEN a.from_on AND a.to_on
    WHERE o.is_voluntary
    GROUP BY ALL
), totals AS (
    SELECT b.body, p.period,
        coalesce(sum(amount) FILTER (is_small), 0) AS small,
        sum(amount) FILTER (is_small IS NOT NULL) AS known,
        coalesce(sum(amounts) FILTER (is_small IS NOT NULL), 0) AS n,
        sum(lines) AS population,
        coalesce(sum(size) FILTER (is_small IS NOT NULL), 0) / nullif(sum(size), 0) AS coverage
    FROM days, UNNEST(CASE WHEN kind = 'funder' THEN [body] ELSE bodies_of(body) END) AS b(body), UNNEST(periods_of(day)) AS p(period)
    GROUP BY ALL
)
SELECT body, period,
    CASE WHEN known > 0 AND small BETWEEN 0 AND known THEN small / known END AS value,
    n, population, coverage,
    CASE WHEN n > 0 THEN 'credits outweigh the rest, so no share can be taken' ELSE 'no amount to a recipient whose income of that year is held' END AS why_missing
FROM totals
