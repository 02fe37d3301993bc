SELECT b.body, t.period,
    count(*) FILTER (ending = 'ended_without_notice') AS hits,
    count(*) FILTER (ending IN ('ended_with_notice', 'ended_without_notice')) AS n,
    count(*) AS population,
    'no contract is past its last day' AS why_missing
FROM processes p LEFT JOIN bodies known USING (body),
    UNNEST(CASE WHEN known.body IS NULL THEN ['all'] ELSE bodies_of(p.body) END) AS b(body), UNNEST(periods_of(contract_ends_on)) AS t(period)
WHERE awards > 0 AND legal_basis = 'UKPGA 2023/54'
GROUP BY ALL
