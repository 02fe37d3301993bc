"""When two files are one publication: the same rows, counted with their repeats, whatever their order and dress."""

# Of a file's rows found in another: a cleaned copy of payments differs in a few. Where rows have an identifier of their own, nothing may differ.
LEAST_SHARE = {"payment_lines": 0.95, "grant_lines": 1, "release_lines": 1, "consultation_lines": 1}
LEAST_ROWS = {"payment_lines": 5, "grant_lines": 1, "release_lines": 1, "consultation_lines": 1}
# How much of the larger file the smaller must be. A collection of several funders' grants tells less of each than the funder's own file, so it does
# not swallow that one: such grants are counted once instead.
LEAST_OF_LARGER = {"payment_lines": 0, "grant_lines": 0.5, "release_lines": 0, "consultation_lines": 0}
_CAPITALS = "replace(upper(payee_name), ' ', '')"  # of most names that is all; a look costs a fifth of a replacement by pattern
_LETTERS_AND_DIGITS = f"CASE WHEN regexp_matches({_CAPITALS}, '[^A-Z0-9]') THEN regexp_replace({_CAPITALS}, '[^A-Z0-9]', '', 'g') ELSE {_CAPITALS} END"
SAME_ROW = {
    "payment_lines": ("body", "paid_on", "amount", _LETTERS_AND_DIGITS),
    "grant_lines": ("grant_id",),
    "release_lines": ("ocid", "content"),
    "consultation_lines": ("consultation_id", "opened_on", "closed_on", "responded_on", "read_on"),  # a page read again later may have changed
}


def copies_sql(table: str) -> str:
    """Pairs (source_file, copy_of): each smaller file of which nearly all rows stand in a larger one, or in an equal one named before it.

    Only rows of which an equal stands in another file are numbered and compared: of millions, a few.
    """
    key = ", ".join(SAME_ROW[table])
    larger = f"a.size < b.size AND a.size >= {LEAST_OF_LARGER[table]} * b.size"
    return f"""
WITH hashed AS (SELECT source_file, hash(source_file) AS file, standing, hash({key}) AS key FROM {table}),
met AS (SELECT key FROM hashed GROUP BY key HAVING min(file) <> max(file)),
keyed AS (SELECT source_file, standing, key, row_number() OVER (PARTITION BY source_file, key) AS nth FROM hashed SEMI JOIN met USING (key)),
sizes AS (SELECT source_file, count(*) AS size FROM {table} GROUP BY ALL),
shared AS (
  SELECT a.source_file, b.source_file AS copy_of, count(*) AS rows
  FROM keyed a JOIN keyed b ON a.key = b.key AND a.nth = b.nth AND a.standing = b.standing AND a.source_file <> b.source_file GROUP BY ALL
)
SELECT shared.source_file, copy_of, shared.rows, a.size FROM shared
JOIN sizes a ON a.source_file = shared.source_file JOIN sizes b ON b.source_file = shared.copy_of
WHERE shared.rows >= {LEAST_SHARE[table]} * a.size AND a.size >= {LEAST_ROWS[table]} AND (({larger}) OR (a.size = b.size AND a.source_file > copy_of))
QUALIFY row_number() OVER (PARTITION BY shared.source_file ORDER BY b.size DESC, copy_of) = 1
ORDER BY ALL"""
