-- Each item of `holidays` is a window, or one day whose name begins with "bank holiday".
WITH spanning AS (
    SELECT body, opened_on, days_open, coalesce(first_closed_on < closed_on, false) AS is_extended
    FROM consultations
    WHERE days_open IS NULL OR array_length(list_filter(string_split(holidays, '; '), lambda item: item NOT LIKE 'bank holiday%')) > 0
)
SELECT b.body, p.period,
    count(*) FILTER (days_open < 84 + 14 AND NOT is_extended) AS hits,
    count(days_open) AS n,
    count(*) AS population,
    'whether they ran over a holiday is not known, because opening or closing day is not held' AS why_missing
FROM spanning, UNNEST(bodies_of(body)) AS b(body), UNNEST(periods_of(opened_on)) AS p(period)
GROUP BY ALL
