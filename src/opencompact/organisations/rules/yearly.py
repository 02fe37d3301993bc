"""Which yearly accounts stand for which days, as SQL: every day of an organisation has the accounts of its own financial year, or none."""

from opencompact.organisations.rules.kinds import size_band_sql
from opencompact.organisations.rules.names import Terms
from opencompact.values.sql import quoted

# A source that tells the last day alone speaks of the year that ended then.
_YEAR_BEFORE = "CAST({last} - INTERVAL 1 YEAR + INTERVAL 1 DAY AS DATE)"


def accounts_sql(standing: str, bands: Terms, *, among: str = "true") -> str:
    """The accounts of every organisation for which `among`, a condition on `organisation_id`, is true; each financial year once, none over another.

    Of several tellings of a year one that gives its first day is taken, then the higher income. Where two years overlap, as when the accounting day
    was moved, the earlier keeps its days. A latest income without the day it ended cannot be placed in a year, and enters none.
    """
    origin = "source, standing, source_file, source_row"
    first = f"coalesce(first_on, {_YEAR_BEFORE.format(last='to_on')})"
    return f"""
WITH told AS (
  SELECT organisation_id, year_starts_on AS first_on, year_ends_on AS to_on, income, {origin} FROM register_incomes
  UNION ALL SELECT organisation_id, NULL, income_year_ends_on, income, {origin} FROM register_names),
years AS (
  SELECT *, {first} AS began_on FROM told
  WHERE income IS NOT NULL AND to_on IS NOT NULL AND standing = {quoted(standing)} AND {among}
  QUALIFY row_number() OVER (PARTITION BY organisation_id, to_on ORDER BY first_on IS NULL, income DESC, source_file, source_row) = 1),
apart AS (
  SELECT *, greatest(began_on, coalesce(lag(to_on) OVER (PARTITION BY organisation_id ORDER BY to_on) + 1, began_on)) AS from_on FROM years)
SELECT organisation_id, from_on, to_on, income, {size_band_sql("income", bands)} AS size_band, {origin}
FROM apart WHERE from_on <= to_on AND income >= 0"""
