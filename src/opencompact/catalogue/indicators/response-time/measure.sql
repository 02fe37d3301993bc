WITH waits AS (
    SELECT body, opened_on, CASE WHEN responded_on >= closed_on THEN date_diff('day', closed_on, responded_on) END AS days
    FROM consultations
)
SELECT b.body, p.period,
    count(days) AS n,
    count(*) AS population,
    list(days ORDER BY days) FILTER (days IS NOT NULL) AS observations,
    'closing day or day of response is not held for any of them' AS why_missing
FROM waits, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(opened_on)) AS p(period)
GROUP BY ALL
