"""Whose name is this: the stages a published name goes through, each the SQL of what it decides."""

from collections.abc import Callable, Mapping

from opencompact.organisations.rules.names import Guard, NameRules, has_words_sql
from opencompact.values.sql import quoted

# Stages read these, made by the actions: `unlinked` (published_name, published_org_id, normalised_name) holds what no earlier stage linked,
# `registered` (organisation_id, normalised_name, is_body) the names on the registers, `companies` (company_id, organisation_id, name) the charities
# by their company number, `candidates` the outcome of comparing names. A stage gives published_name, published_org_id, organisation_id, because.
Stage = Callable[[], str]


def identifier_sql() -> str:
    """The publisher gave an org-id; where it is a company's and a charity register gives that company to one charity, the charity's."""
    return """
SELECT u.published_name, u.published_org_id, coalesce(c.organisation_id, u.published_org_id) AS organisation_id,
  CASE WHEN c.organisation_id IS NULL THEN 'The publisher gave the identifier ' || u.published_org_id || '.'
       ELSE 'The publisher gave the company number of ' || c.name || ', which is a registered charity.' END AS because
FROM unlinked u LEFT JOIN companies c ON c.company_id = u.published_org_id
WHERE u.published_org_id <> ''"""


def exact_sql() -> str:
    """The name is, by the naming rules, that of one organisation alone."""
    return """
SELECT u.published_name, u.published_org_id, c.organisation_id, c.because
FROM unlinked u JOIN candidates c USING (normalised_name) WHERE c.organisation_id IS NOT NULL"""


# In order; a later stage (probability, a person's decision) is one more line.
STAGES: Mapping[str, Stage] = {"identifier": identifier_sql, "exact": exact_sql}


def unlinked_sql() -> str:
    """What no stage linked, and why."""
    return """
SELECT u.published_name, u.published_org_id, CAST(NULL AS VARCHAR) AS organisation_id,
  CASE WHEN u.normalised_name = '' THEN 'No name was published.'
       ELSE coalesce(c.because, 'No organisation on the registers held bears this name.') END AS because
FROM unlinked u LEFT JOIN candidates c USING (normalised_name)"""


def candidates_sql(rules: NameRules) -> str:
    """For each normalised name on a register: the one organisation that may be linked by it, or null and why not.

    A public body is linked by its name only where no charity bears it.
    """
    ids = "list(DISTINCT organisation_id ORDER BY organisation_id)"
    return f"""
WITH borne AS (
  SELECT normalised_name, NOT bool_or(NOT is_body) AS are_bodies,
    CASE WHEN are_bodies THEN {ids} ELSE {ids} FILTER (NOT is_body) END AS all_ids
  FROM registered WHERE normalised_name <> '' GROUP BY normalised_name),
apart AS (SELECT normalised_name, are_bodies, {_without_twins(rules.twin)} AS ids FROM borne)
SELECT normalised_name,
  CASE WHEN why_not IS NULL THEN ids[1] END AS organisation_id,
  coalesce(why_not, CASE WHEN are_bodies THEN 'By the naming rules it is the name of one public body alone.'
    ELSE 'By the naming rules it is the name of one organisation alone on the registers held.' END) AS because
FROM (SELECT *, CASE WHEN len(ids) > 1 THEN len(ids) || ' organisations on the registers bear this name.' {_refusals(rules)} END AS why_not FROM apart)"""


def may_name_sql(spelling: str, organisation_id: str, forms: Mapping[str, str]) -> str:
    """Whether a name may be shown: identified, or with an organisation's form and no person's words; `forms` gives says by pattern."""
    of = {says: [pattern for pattern, word in forms.items() if word == says] for says in ("organisation", "person")}
    return f"({organisation_id} IS NOT NULL OR ({has_words_sql(spelling, of['organisation'])} AND NOT {has_words_sql(spelling, of['person'])}))"


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
