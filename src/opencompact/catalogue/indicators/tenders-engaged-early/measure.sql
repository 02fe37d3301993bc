SELECT b.body, t.period,
    count(*) FILTER (early_on < opens_on) AS hits,
    count(*) AS n,
    count(*) AS population,
    'no tender is held' AS why_missing
FROM processes p LEFT JOIN bodies known USING (body),
    UNNEST(CASE WHEN known.body IS NULL THEN ['all'] ELSE bodies_of(p.body) END) AS b(body), UNNEST(periods_of(opens_on)) AS t(period)
WHERE opens_on IS NOT NULL
GROUP BY ALL
