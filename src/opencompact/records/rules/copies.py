"""When two files are one publication: the same rows, counted with their repeats, whatever their order and dress."""

LEAST_SHARE = 0.95  # of a file's rows found in another; a cleaned copy differs in a few
LEAST_ROWS = {"payment_lines": 5, "grant_lines": 1, "contract_lines": 1, "consultation_lines": 1}
SAME_ROW = {
    "payment_lines": ("body", "paid_on", "amount", "regexp_replace(upper(payee_name), '[^A-Z0-9]', '', 'g')"),
    "grant_lines": ("grant_id",),
    "contract_lines": ("ocid", "award_id", "supplier_place", "release_id"),
    "consultation_lines": ("consultation_id", "opened_on", "closed_on"),
}


def copies_sql(table: str) -> str:
    """Pairs (source_file, copy_of): each smaller file of which nearly all rows stand in a larger one, or in an equal one named before it."""
    key = ", ".join(SAME_ROW[table])
    return f"""
WITH keyed AS (
  SELECT source_file, standing, key, row_number() OVER (PARTITION BY source_file, key) AS nth
  FROM (SELECT source_file, standing, hash({key}) AS key FROM {table})
), sizes AS (SELECT source_file, count(*) AS size FROM keyed GROUP BY ALL),
shared AS (
  SELECT a.source_file, b.source_file AS copy_of, count(*) AS rows
  FROM keyed a JOIN keyed b ON a.key = b.key AND a.nth = b.nth AND a.standing = b.standing AND a.source_file <> b.source_file GROUP BY ALL
)
SELECT shared.source_file, copy_of, shared.rows, a.size FROM shared
JOIN sizes a ON a.source_file = shared.source_file JOIN sizes b ON b.source_file = shared.copy_of
WHERE shared.rows >= {LEAST_SHARE} * a.size AND a.size >= {LEAST_ROWS[table]} AND (a.size < b.size OR (a.size = b.size AND a.source_file > copy_of))
QUALIFY row_number() OVER (PARTITION BY shared.source_file ORDER BY b.size DESC, copy_of) = 1
ORDER BY ALL"""
