"""Who is declared to be a social enterprise, a VCSE or a small firm, and by which row, as SQL made from the vocabulary `declared-kinds`."""

from collections.abc import Mapping

from opencompact.organisations.rules.names import Terms
from opencompact.values.sql import quoted

# What a notice says of a supplier: the condition that declares it, and the one that declares the opposite.
_FLAGS = {"supplier_vcse": ("supplier_vcse", "NOT supplier_vcse"), "supplier_scale": ("supplier_scale = 'sme'", "supplier_scale = 'large'")}
_ORIGIN = "said_by, said_on, source, standing, source_file, source_row"


def declarations_sql(standing: str, terms: Terms) -> str:
    """Each organisation, what it is declared to be and by which evidence: how many rows say so, how many deny it, and the first that says so.

    Evidence is a field of notices (`flag`), joined over links that are not merely probable, or a scheme of `register_classes` (`scheme`), such as a
    membership list. Words of a name are no evidence.
    """
    told = " UNION ALL ".join([_flag(term) if term.get("flag") else _scheme(term) for term in terms] or [_NOBODY])
    first = ", ".join(f"arg_min({name}, source_file || '/' || lpad(source_row::VARCHAR, 12, '0')) FILTER (says) AS {name}" for name in _ORIGIN.split(", "))
    return f"""
SELECT organisation_id, declared, evidence, count(*) FILTER (says) AS "rows", count(*) FILTER (NOT says) AS denied, {first}
FROM ({told}) WHERE standing = {quoted(standing)} GROUP BY organisation_id, declared, evidence HAVING count(*) FILTER (says) > 0"""


def _flag(term: Mapping[str, object]) -> str:
    says, denies = _FLAGS[str(term["flag"])]
    return f"""
SELECT k.organisation_id, {quoted(str(term["declared"]))} AS declared, {quoted(str(term["evidence"]))} AS evidence, {says} AS says,
  CAST(NULL AS VARCHAR) AS said_by, l.published_on AS said_on, l.source, l.standing, l.source_file, l.source_row
FROM contract_lines l JOIN links k ON k.published_name = coalesce(trim(l.supplier_name), '') AND k.published_org_id = coalesce(l.supplier_org_id, '')
WHERE k.organisation_id IS NOT NULL AND k.link_stage <> 'probable' AND ({says} OR {denies})"""


def _scheme(term: Mapping[str, object]) -> str:
    return f"""
SELECT organisation_id, {quoted(str(term["declared"]))} AS declared, {quoted(str(term["evidence"]))} AS evidence, true AS says,
  code AS said_by, listed_on AS said_on, source, standing, source_file, source_row
FROM register_classes WHERE scheme = {quoted(str(term["scheme"]))}
  AND organisation_id IN (SELECT organisation_id FROM links WHERE organisation_id IS NOT NULL)"""


_NOBODY = f"""
SELECT '' AS organisation_id, '' AS declared, '' AS evidence, true AS says, {_ORIGIN}
FROM (SELECT *, code AS said_by, listed_on AS said_on FROM register_classes) WHERE false"""
