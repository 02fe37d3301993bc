"""What the record knows of a name beside its letters, as SQL: the postcode that its rows agree on, what was paid for, and where the buyers govern."""

import hashlib
import re

from opencompact.values.sql import quoted

MOST_SAID = 3  # purposes, and areas of buyers, that are heeded: those with most money
# Of each kind of line: whose name, its number, its postcode, and what the money was for. No payment or contract names the payee's postcode.
_LINES = (
    ("payment_lines", "payee_name", "payee_org_id", "NULL", "purpose"),
    ("grant_lines", "recipient_name", "recipient_org_id", "recipient_postcode", "title"),
    ("contract_lines", "supplier_name", "supplier_org_id", "NULL", "title"),
)
_WORD = re.compile(r"[A-Z0-9]{4,}")  # shorter words tell no place and no trade
_APART = re.compile("[^A-Z0-9]")
_POSTCODE = "nullif(upper(replace({}, ' ', '')), '')"


def payees_sql(standing: str) -> str:
    """One row for each name that is asked for, in the order of the alphabet: `published_name`, `postcode` and `context`.

    A postcode counts only where every row that has one has the same. Reads `asked`, the lines, `bodies` and `areas`.
    """
    lines = " UNION ALL ".join(
        f"""SELECT trim({name}) AS published_name, body, {_POSTCODE.format(postcode)} AS postcode, nullif(trim({purpose}), '') AS purpose, abs(amount) AS size
FROM {table} WHERE standing = {quoted(standing)} AND coalesce({number}, '') = '' AND trim({name}) IN (FROM asked)"""
        for table, name, number, postcode, purpose in _LINES
    )
    return f"""
WITH lines AS MATERIALIZED (
  SELECT published_name, body, postcode, purpose, sum(size) AS size FROM ({lines}) GROUP BY ALL),
postcodes AS (SELECT published_name, min(postcode) AS postcode FROM lines GROUP BY published_name HAVING count(DISTINCT postcode) = 1),
said AS (
  SELECT published_name, purpose AS word, sum(size) AS size, 0 AS turn FROM lines WHERE purpose IS NOT NULL GROUP BY ALL
  UNION ALL SELECT published_name, a.name, sum(size), 1 FROM lines JOIN bodies b USING (body) JOIN areas a ON a.area = b.area GROUP BY ALL),
most AS (
  SELECT * FROM said QUALIFY row_number() OVER (PARTITION BY published_name, turn ORDER BY size DESC NULLS LAST, word) <= {MOST_SAID}),
context AS (SELECT published_name, string_agg(word, ' ' ORDER BY turn, size DESC NULLS LAST, word) AS context FROM most GROUP BY published_name)
SELECT published_name, coalesce(postcode, '') AS postcode, coalesce(context, '') AS context
FROM asked LEFT JOIN postcodes USING (published_name) LEFT JOIN context USING (published_name) ORDER BY published_name"""


def register_postcodes_sql(standing: str) -> str:
    """The postcode of each organisation that has one alone on the registers. Reads `register_names`."""
    return f"""
SELECT organisation_id, min({_POSTCODE.format("postcode")}) AS postcode FROM register_names WHERE standing = {quoted(standing)}
GROUP BY organisation_id HAVING count(DISTINCT {_POSTCODE.format("postcode")}) = 1"""


def words_beside(name: str, context: str) -> str:
    """The words of the context that the name itself has not, written together or apart, each once: what repeats the name speaks for nobody."""
    plain = _APART.sub("", name.upper())
    return " ".join(dict.fromkeys(word for word in _WORD.findall(context.upper()) if word not in plain))


def asked_with(postcode: str, context: str) -> str:
    """A checksum of what is known beside a name: where it changes, the name is compared anew."""
    return hashlib.sha256(f"{postcode}|{context}".encode()).hexdigest()[:16]
