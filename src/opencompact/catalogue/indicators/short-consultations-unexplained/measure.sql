SELECT b.body, p.period,
    count(*) FILTER (explanation = 'none_found') AS hits,
    count(*) FILTER (explanation IN ('given', 'none_found')) AS n,
    count(*) AS population,
    'no text of their pages is held' AS why_missing
FROM consultations, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(opened_on)) AS p(period)
WHERE days_open < 84
GROUP BY ALL
