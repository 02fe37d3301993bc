SELECT b.body, t.period,
    count(*) FILTER (suitable_for_vcse) AS hits,
    count(suitable_for_vcse) AS n,
    count(*) AS population,
    'no notice says whether it suits them' AS why_missing
FROM processes p LEFT JOIN bodies known USING (body),
    UNNEST(CASE WHEN known.body IS NULL THEN ['all'] ELSE bodies_of(p.body) END) AS b(body), UNNEST(periods_of(first_on)) AS t(period)
GROUP BY ALL
