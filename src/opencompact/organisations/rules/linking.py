"""Whose name is this: the stages a published name goes through, each the SQL of what it decides."""

from collections.abc import Callable, Mapping

from opencompact.organisations.rules.names import Guard, NameRules, has_words_sql
from opencompact.values.sql import quoted

# Stages read these, made by the actions: `unlinked` (published_name, published_org_id, normalised_name, firm_name, is_withheld) holds what no earlier
# stage decided, `settled` (normalised_name, published_org_id, organisation_id, because, decision) what people decided, `registered` (organisation_id,
# normalised_name, is_body) the names on the registers, `companies` (company_id, organisation_id, because) the charities by their company number,
# `declared` (normalised_name, firm_name, organisation_id) whose numbers stand beside a name, `candidates` the outcome of comparing names by the naming
# rules, `firms` (published_name, published_org_id, organisation_id, because) that of holding names against ordinary companies', `link_candidates` that
# by likeness. A stage gives published_name, published_org_id, organisation_id, because, and where it has them probability and
# decision.
Stage = Callable[[], str]


# An unlinked name with a number elsewhere that is not of the one organisation it would be linked to; its entries set aside as twins are the same charity.
_IS_CONTRADICTED = """EXISTS (FROM declared d WHERE d.normalised_name = u.normalised_name AND NOT list_contains(c.alike, d.organisation_id))"""


def companies_sql() -> str:
    """The charity of each company number: the one that a charity register gives it to, else the one whose number alone is published beside it.

    Reads `register_companies` (company_id, organisation_id, name) and `published_numbers` (charities, companies: lists of org-ids on one row). What is
    published counts only where no register names that company, or another company for that charity. What payers write is taken at its word, as
    every declared number is: the number of a firm's own charitable trust, written beside the firm's, joins the two.
    """
    return """
SELECT company_id, min(organisation_id) AS organisation_id,
  'The publisher gave the company number of ' || min(name) || ', which is a registered charity.' AS because
FROM register_companies GROUP BY company_id HAVING count(DISTINCT organisation_id) = 1
UNION ALL
SELECT company_id, organisation_id, 'The publisher gave the company number ' || company_id || '; ' || organisation_id
  || ' is the one charity number that the record gives beside it.'
FROM (
  SELECT company_id, min(organisation_id) AS organisation_id
  FROM (SELECT company_id, unnest(charities) AS organisation_id FROM (SELECT charities, unnest(companies) AS company_id FROM published_numbers))
  GROUP BY company_id HAVING count(DISTINCT organisation_id) = 1) p
WHERE NOT EXISTS (FROM register_companies r WHERE r.company_id = p.company_id)
  AND NOT EXISTS (FROM register_companies r WHERE r.organisation_id = p.organisation_id)"""


def withheld_sql() -> str:
    """The publisher wrote that the name is withheld; a number left beside it must not undo that."""
    return """
SELECT published_name, published_org_id, CAST(NULL AS VARCHAR) AS organisation_id, 'The publisher withheld the name.' AS because
FROM unlinked WHERE is_withheld"""


def reviewed_sql() -> str:
    """A person decided who it is, or that it is nobody on the registers; it holds for every file the same payee stands in."""
    return """
SELECT u.published_name, u.published_org_id, s.organisation_id, s.because, s.decision
FROM unlinked u JOIN settled s USING (normalised_name, published_org_id)"""


def identifier_sql() -> str:
    """The publisher gave an org-id; where it is a company's and that company is known to be one charity, the charity's."""
    return """
SELECT u.published_name, u.published_org_id, coalesce(c.organisation_id, u.published_org_id) AS organisation_id,
  coalesce(c.because, 'The publisher gave the identifier ' || u.published_org_id || '.') AS because
FROM unlinked u LEFT JOIN companies c ON c.company_id = u.published_org_id
WHERE u.published_org_id <> ''"""


def exact_sql() -> str:
    """The name is, by the naming rules, that of one organisation alone, and no row of that name gives another's number."""
    return f"""
SELECT u.published_name, u.published_org_id, c.organisation_id, c.because
FROM unlinked u JOIN candidates c USING (normalised_name) WHERE c.organisation_id IS NOT NULL AND NOT {_IS_CONTRADICTED}"""


def firm_sql() -> str:
    """The name is, with its legal form, that of one ordinary company, and of nobody on the other registers."""
    return "SELECT * FROM firms WHERE organisation_id IS NOT NULL"


def probable_sql() -> str:
    """The name is so like one of the registers' that the matcher accepts it; nothing on record gives the name another number.

    A name that is exactly borne has been decided before: by the exact name, or by a rule that withholds it.
    """
    return """
SELECT u.published_name, u.published_org_id, coalesce(t.organisation_id, m.organisation_id) AS organisation_id, m.because, m.probability
FROM unlinked u JOIN link_candidates m ON m.published_name = u.published_name AND m.place = 1 AND m.decision = 'accepted'
LEFT JOIN companies t ON t.company_id = m.organisation_id
WHERE u.published_org_id = '' AND NOT EXISTS (FROM candidates c WHERE c.normalised_name = u.normalised_name)
  AND NOT EXISTS (FROM declared d WHERE d.normalised_name = u.normalised_name AND d.organisation_id <> coalesce(t.organisation_id, m.organisation_id))"""


# In order: what a person decided comes first, and what is only likely last.
STAGES: Mapping[str, Stage] = {"reviewed": reviewed_sql, "identifier": identifier_sql, "exact": exact_sql}


def unlinked_sql() -> str:
    """What no stage linked, and why: `review` where somebody on the registers is like it, so that a person decides; else `none`."""
    return f"""
SELECT u.published_name, u.published_org_id, CAST(NULL AS VARCHAR) AS organisation_id,
  CASE WHEN m.organisation_id IS NULL THEN 'none' ELSE 'review' END AS link_stage,
  CASE WHEN u.normalised_name = '' THEN 'No name was published.'
       WHEN c.organisation_id IS NOT NULL AND {_IS_CONTRADICTED}
         THEN 'The record gives this name another number than that of the one organisation that bears it.'
       WHEN coalesce(c.because, f.because) IS NOT NULL THEN coalesce(c.because, f.because)
       WHEN m.organisation_id IS NOT NULL AND EXISTS (FROM declared d WHERE d.normalised_name = u.normalised_name AND d.organisation_id <> m.organisation_id)
         THEN 'The record gives this name another number than that of the one organisation it is like.'
       WHEN m.organisation_id IS NOT NULL
         THEN 'It is like ' || m.register_name || ' (' || m.organisation_id || ', probability ' || round(m.probability, 2) || '): a person decides.'
       ELSE 'No organisation on the registers held bears this name.' END AS because
FROM unlinked u LEFT JOIN candidates c USING (normalised_name) LEFT JOIN firms f USING (published_name, published_org_id)
LEFT JOIN link_candidates m ON m.published_name = u.published_name AND m.place = 1"""


def candidates_sql(rules: NameRules) -> str:
    """For each normalised name on a register: the one organisation that may be linked by it, or null and why not; `alike` counts its twins.

    A public body is linked by its name only where no charity bears it.
    """
    ids = "list(DISTINCT organisation_id ORDER BY organisation_id)"
    return f"""
WITH borne AS (
  SELECT normalised_name, NOT bool_or(NOT is_body) AS are_bodies,
    CASE WHEN are_bodies THEN {ids} ELSE {ids} FILTER (NOT is_body) END AS all_ids
  FROM registered WHERE normalised_name <> '' GROUP BY normalised_name),
apart AS (SELECT normalised_name, are_bodies, all_ids, {_without_twins(rules.twin)} AS ids FROM borne)
SELECT normalised_name, all_ids AS alike,
  CASE WHEN why_not IS NULL THEN ids[1] END AS organisation_id,
  coalesce(why_not, CASE WHEN are_bodies THEN 'By the naming rules it is the name of one public body alone.'
    ELSE 'By the naming rules it is the name of one organisation alone on the registers held.' END) AS because
FROM (SELECT *, CASE WHEN len(ids) > 1 THEN len(ids) || ' organisations on the registers bear this name.' {_refusals(rules)} END AS why_not FROM apart)"""


def may_name_sql(spelling: str, organisation_id: str, forms: Mapping[str, str]) -> str:
    """Whether a name may be shown: identified, or with an organisation's form and neither a person's words nor a redaction; `forms` gives says by pattern."""
    shows, hides = _patterns(forms, "organisation"), _patterns(forms, "person", "withheld")
    return f"({organisation_id} IS NOT NULL OR ({has_words_sql(spelling, shows)} AND NOT {has_words_sql(spelling, hides)}))"


def is_withheld_sql(spelling: str, forms: Mapping[str, str]) -> str:
    """Whether the published words say that the name is withheld; `forms` gives says by pattern."""
    return has_words_sql(spelling, _patterns(forms, "withheld"))


def _patterns(forms: Mapping[str, str], *says: str) -> list[str]:
    return [pattern for pattern, word in forms.items() if word in says]


def _without_twins(twins: tuple[Guard, ...]) -> str:
    ids = "all_ids"
    for twin in twins:
        others = f"list_filter({ids}, lambda i: NOT regexp_matches(i, {quoted(twin.pattern)}))"
        ids = f"CASE WHEN len(list_filter({ids}, lambda i: regexp_matches(i, {quoted(twin.of)}))) = 1 THEN {others} ELSE {ids} END"
    return ids


def _refusals(rules: NameRules) -> str:
    found = [(guard, "") for guard in rules.never] + [(guard, "NOT ") for guard in rules.only]
    return " ".join(
        f"WHEN regexp_matches(ids[1], {quoted(guard.of)}) AND {negated}regexp_matches(normalised_name, {quoted(guard.pattern)}) THEN {quoted(guard.because)}"
        for guard, negated in found
    )
