"""What people decided about names, as SQL: for every body, and for one body alone by its vendor number or by the name it writes."""

from opencompact.organisations.rules.decided import SAID
from opencompact.organisations.rules.names import NameRules, normalised_sql
from opencompact.values.sql import quoted

_SAID = f"""'A person decided on ' || strftime(decided_on, '%-d %B %Y')
  || CASE outcome {" ".join(f"WHEN {quoted(outcome)} THEN {quoted(words)}" for outcome, words in SAID.items())} ELSE '' END"""
NOTHING_SETTLED = """SELECT '' AS normalised_name, '' AS published_org_id, '' AS organisation_id, '' AS because, '' AS decision, '' AS body,
  '' AS vendor_number, DATE '2000-01-01' AS decided_on, '' AS outcome WHERE false"""
# What tells one payee from another in an address: the name as compared, and the number published beside it.
PAYEE = "substr(sha256({name} || '|' || {number}), 1, 16)"


def decided_sql(rules: NameRules) -> str:
    """Every decision with the name as it is compared, what was decided in words (`said`), and with its reason. Reads `name_decisions`."""
    return f"""
SELECT {normalised_sql("payee_name", rules)} AS normalised_name, published_org_id, organisation_id, {_SAID} || '.' AS said,
  {_SAID} || ': ' || because AS because, decision, body, vendor_number, decided_on, outcome
FROM name_decisions"""


def settled_sql() -> str:
    """What was decided for every body: once for each name and number, the latest where the naming rules made two of them one. Reads `decided_names`."""
    return """
SELECT normalised_name, published_org_id, organisation_id, because, decision FROM decided_names WHERE body = '' AND vendor_number = ''
QUALIFY row_number() OVER (PARTITION BY normalised_name, published_org_id ORDER BY decided_on DESC, decision) = 1"""


def own_lines_sql(standing: str) -> str:
    """The payees of the bodies that have decisions of their own, as their lines write them. Reads the lines and `decided_names`."""
    lines = (
        ("payment_lines", "payee_code", "payee_name", "payee_org_id"),
        ("grant_lines", "NULL", "recipient_name", "recipient_org_id"),
        ("contract_lines", "NULL", "supplier_name", "supplier_org_id"),
    )
    return " UNION ".join(
        f"""SELECT body, coalesce({code}, '') AS payee_code, coalesce(trim({name}), '') AS published_name, coalesce({number}, '') AS published_org_id
FROM {table} WHERE standing = {quoted(standing)} AND body IN (SELECT body FROM decided_names WHERE body <> '')"""
        for table, code, name, number in lines
    )


def own_links_sql(standing: str) -> str:
    """`own_links`: a vendor number before a name; a withheld name stays withheld. Reads `decided_names`, `published` and the lines."""
    return f"""
SELECT l.body, l.payee_code, l.published_name, l.published_org_id, d.organisation_id, 'reviewed' AS link_stage, d.because, d.decision
FROM ({own_lines_sql(standing)}) l JOIN published p USING (published_name, published_org_id)
JOIN decided_names d ON d.body = l.body AND CASE WHEN d.vendor_number <> '' THEN d.vendor_number = l.payee_code
  ELSE d.normalised_name = p.normalised_name AND d.published_org_id = l.published_org_id END
WHERE NOT p.is_withheld
QUALIFY row_number() OVER (PARTITION BY l.body, l.payee_code, l.published_name, l.published_org_id
  ORDER BY d.vendor_number = '', d.decided_on DESC, d.decision) = 1
ORDER BY ALL"""


def queue_sql(standing: str, *, has_sources: bool) -> str:
    """`review_queue`: payees that wait for a person, with what is at stake. Reads `links`, `own_links`, `link_candidates` and the lines.

    Those with candidates, those linked by probability alone, and of the others those with an organisation's form in the name: a name without one that is
    like nothing on a register may be a person's, and nobody needs to look at it.
    """
    copies = "AND source_file NOT IN (SELECT source_file FROM sources WHERE copy_of IS NOT NULL)" if has_sources else ""
    lines = " UNION ALL ".join(
        f"""SELECT body, coalesce({code}, '') AS payee_code, coalesce(trim({name}), '') AS published_name, coalesce({number}, '') AS published_org_id, amount
FROM {table} WHERE standing = {quoted(standing)} {copies}"""
        for table, code, name, number in (
            ("payment_lines", "payee_code", "payee_name", "payee_org_id"),
            ("grant_lines", "NULL", "recipient_name", "recipient_org_id"),
            ("contract_lines", "NULL", "supplier_name", "supplier_org_id"),
        )
    )
    return f"""
WITH waiting AS (
  SELECT k.*, m.organisation_id AS candidate, m.register_name, m.probability AS likely, if(k.link_stage = 'none', 'unknown', k.link_stage) AS state
  FROM links k LEFT JOIN link_candidates m ON m.published_name = k.published_name AND m.place = 1
  WHERE k.published_org_id = '' AND (k.link_stage IN ('probable', 'review') OR (k.link_stage = 'none' AND k.may_name))),
money AS (
  SELECT l.published_name, l.published_org_id, count(*) AS rows, coalesce(sum(l.amount), 0) AS amount, list_sort(list(DISTINCT l.body)) AS bodies
  FROM ({lines}) l SEMI JOIN waiting USING (published_name, published_org_id) ANTI JOIN own_links USING (body, payee_code, published_name, published_org_id)
  GROUP BY ALL)
SELECT payee, CASE WHEN bool_or(state = 'probable') THEN 'probable' WHEN bool_or(state = 'review') THEN 'review' ELSE 'unknown' END AS state,
  max_by(published_name, (m.rows, published_name)) AS published_name, any_value(normalised_name) AS normalised_name, '' AS published_org_id,
  count(*) AS spellings, CAST(sum(m.rows) AS BIGINT) AS rows, CAST(sum(m.amount) AS DECIMAL(18,2)) AS amount,
  ';' || array_to_string(list_sort(list_distinct(flatten(list(m.bodies)))), ';') || ';' AS bodies,
  max_by(candidate, likely) AS organisation_id, max_by(register_name, likely) AS register_name, max(likely) FILTER (candidate IS NOT NULL) AS probability
FROM waiting w JOIN money m USING (published_name, published_org_id) GROUP BY payee ORDER BY amount DESC, payee"""
