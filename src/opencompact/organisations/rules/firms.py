"""Which published names are exactly those of ordinary companies: the companies register's millions, held against the names that ask for it."""

from opencompact.organisations.rules.names import NameRules, Terms, cut_sql, spelled_sql
from opencompact.values.sql import quoted

LINES = "company_names"
_NAME = "It is, its legal form included, the name of one company"
ONE = f"{_NAME} alone on the companies register: a firm."
ONE_ACTIVE = f"{_NAME} on the companies register that is not dissolved: a firm."
CONTRADICTED = "It is the name of a company, and the record gives this name another number than that company's."


def firm_name_sql(spelling: str, rules: NameRules, forms: Terms) -> str:
    """SQL of the name as firms' names are compared: normalised, with its legal form written one way; null of a plain spelling that ends with no form.

    `forms` are the terms of `firm-forms`. A name without a form is no firm's: among five million companies nearly every few words are the name of one,
    and who leaves the form out may as well mean a group, a shop or a person.
    """
    ends = [(str(term["form"]), f" (?:{term['pattern']})(?: THE)?$") for term in forms]
    whens = " ".join(f"WHEN regexp_matches({spelling}, {quoted(end)}) THEN {quoted(form)}" for form, end in ends)
    bare = cut_sql(f"regexp_replace({spelling}, {quoted('|'.join(end for _, end in ends))}, '')", rules)
    return f"{bare} || ' ' || CASE {whens} END"


def firms_sql(standing: str, rules: NameRules, forms: Terms) -> str:
    """The names left that are companies': published_name, published_org_id, the one company that may be linked by it, or null, and why.

    Reads `unlinked`, `candidates`, `declared` and `companies` (see `linking`), and `company_names`. A name that anybody on the other registers bears, legal
    forms set aside, is not asked for: a charity that is a company of that name comes first. Of several companies the one that is not dissolved has it, for
    names are taken again. Where a company's number is known to be a charity's, the charity was paid.
    """
    never = " ".join(f"WHEN regexp_matches(normalised_name, {quoted(guard.pattern)}) THEN {quoted(guard.because)}" for guard in rules.never if not guard.of)
    return f"""
WITH wanted AS (
  SELECT published_name, published_org_id, normalised_name, firm_name FROM unlinked u
  WHERE published_org_id = '' AND firm_name IS NOT NULL AND NOT EXISTS (FROM candidates c WHERE c.normalised_name = u.normalised_name)),
spelled AS (
  SELECT organisation_id, removed_on, {spelled_sql("name", rules)} AS spelling FROM {LINES} WHERE standing = {quoted(standing)}),
named AS (SELECT organisation_id AS company_id, removed_on, {firm_name_sql("spelling", rules, forms)} AS firm_name FROM spelled),
held AS (
  SELECT firm_name, coalesce(t.organisation_id, company_id) AS organisation_id, bool_or(removed_on IS NULL) AS is_active
  FROM (SELECT * FROM named SEMI JOIN wanted USING (firm_name)) LEFT JOIN companies t USING (company_id) GROUP BY ALL),
borne AS (
  SELECT firm_name, count(*) AS bearers, list(organisation_id ORDER BY organisation_id) FILTER (is_active = has_active) AS ids
  FROM (SELECT *, bool_or(is_active) OVER (PARTITION BY firm_name) AS has_active FROM held) GROUP BY firm_name),
told AS (
  SELECT *, CASE WHEN len(ids) > 1 THEN len(ids) || ' companies on the companies register bear this name, its legal form included.' {never}
    WHEN EXISTS (FROM declared d WHERE d.normalised_name = w.normalised_name AND coalesce(d.firm_name, w.firm_name) = w.firm_name
      AND d.organisation_id <> ids[1]) THEN {quoted(CONTRADICTED)} END AS why_not
  FROM wanted w JOIN borne USING (firm_name))
SELECT published_name, published_org_id, CASE WHEN why_not IS NULL THEN ids[1] END AS organisation_id,
  coalesce(why_not, CASE WHEN NOT starts_with(ids[1], 'GB-COH-') THEN {quoted(_NAME)} || ' on the companies register, whose number is that of ' || ids[1] || '.'
    WHEN bearers > 1 THEN {quoted(ONE_ACTIVE)} ELSE {quoted(ONE)} END) AS because
FROM told"""
