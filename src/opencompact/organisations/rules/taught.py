"""Which decisions teach the matcher, and what becomes of the candidates by what was learned, as SQL and in Python.

Taught, and teaching, are pairs of names that were compared and that nothing else speaks for or against: no number, not the same name (there namesakes are the
doubt, not likeness), not initials, and nothing that `rules/probable.py` knows against. What it holds back has its own amount taken off and is never
accepted without a person: were those decisions to teach, they would make names less likely that nothing speaks against.
"""

from opencompact.organisations.rules.decisions import NONE_OF_THESE, ORGANISATION
from opencompact.organisations.rules.learned import Learned, told
from opencompact.organisations.rules.matching_scorer import ACCEPTED, NONE, REVIEW
from opencompact.values.sql import quoted

COMPARED = "compared"  # the stage of a match that is taught
_BAR = r" Below [0-9.]+(, so a person decides|: not identified)\.$"


def was_right(outcome: str, *, chosen: str, candidate: str, is_voluntary: bool | None) -> bool | None:
    """Whether a decision says that the candidate is the payee; both org-ids are those that stand for their twins. None where it does not say.

    That a payee is no voluntary organisation tells against a candidate that is one, and nothing of another, such as a company: it may be that company.
    """
    if outcome == ORGANISATION:
        return chosen == candidate
    return False if outcome == NONE_OF_THESE or is_voluntary else None


def teaching_sql(*, review: float) -> str:
    """One row for each name that was decided and whose likeliest organisation was shown: outcome, chosen, candidate, probability; the org-ids stand for twins.

    A decision for every body goes before those of one body, and of these the latest; of a name's spellings the likeliest counts. A vendor's number, or a name
    with a number beside it, says nothing of likeness. Reads `decided_names`, `published`, `scored_candidates` and `twins`.
    """
    return f"""
WITH by_name AS (
  SELECT normalised_name, outcome, organisation_id FROM decided_names WHERE vendor_number = '' AND published_org_id = '' AND normalised_name <> ''
  QUALIFY row_number() OVER (PARTITION BY normalised_name ORDER BY body <> '', decided_on DESC, decision) = 1),
likeliest AS (
  SELECT p.normalised_name, s.organisation_id, s.probability
  FROM scored_candidates s JOIN published p ON p.published_name = s.published_name AND p.published_org_id = ''
  WHERE s.place = 1 AND s.stage = {quoted(COMPARED)} AND NOT s.is_doubted AND s.probability >= {review}
  QUALIFY row_number() OVER (PARTITION BY p.normalised_name ORDER BY s.probability DESC, s.published_name) = 1)
SELECT d.outcome, coalesce(c.stands, d.organisation_id, '') AS chosen, coalesce(t.stands, l.organisation_id) AS candidate, l.probability
FROM by_name d JOIN likeliest l USING (normalised_name)
LEFT JOIN twins c ON c.organisation_id = d.organisation_id LEFT JOIN twins t ON t.organisation_id = l.organisation_id
ORDER BY ALL"""


def candidates_sql(learned: Learned, *, accept: float, review: float, linked: float) -> str:
    """`link_candidates`: each name with what it comes to by what was learned; just as scored where nothing was. Reads `scored_candidates`.

    A name that is linked or not identified has its likeliest organisation alone; of others a rival is given no more than the one before it that nothing
    speaks against.
    """
    is_taught = f"stage = {quoted(COMPARED)} AND NOT is_doubted" if learned.decisions else "false"
    bar = f"""CASE WHEN place = 1 AND heeded >= {accept} THEN '' WHEN heeded >= {review} THEN ' Below {accept:.2f}, so a person decides.'
    ELSE ' Below {review:.2f}: not identified.' END"""
    said = f"""regexp_replace(because, {quoted(_BAR)}, '') || ' Learned from {told(learned.decisions)}: ' || printf('%.2f', heeded)
    || ' where the scorer gave ' || printf('%.2f', probability) || '.' || {bar}"""
    word = f"""CASE WHEN NOT is_taught THEN decision WHEN heeded >= {max(accept, linked)} THEN {quoted(ACCEPTED)}
  WHEN heeded >= {review} THEN {quoted(REVIEW)} ELSE {quoted(NONE)} END"""
    kept = ", ".join(f"CASE WHEN word <> {quoted(NONE)} THEN {name} END AS {name}" for name in ("organisation_id", "register_name"))
    files = ", ".join(f"CASE WHEN word <> {quoted(NONE)} THEN {name} END AS {name}" for name in ("register_file", "register_sha256"))
    return f"""
WITH heeded AS (
  SELECT *, {is_taught} AS is_taught, CASE WHEN is_taught THEN {learned.of_sql("probability")} ELSE probability END AS heeded FROM scored_candidates),
firsts AS (SELECT published_name, {word} AS word, CASE WHEN NOT is_doubted THEN heeded END AS most FROM heeded WHERE place = 1)
SELECT published_name, asked_with, row_number() OVER (PARTITION BY published_name ORDER BY place <> 1, given DESC, place) AS place, word AS decision, {kept},
  given AS probability, CASE WHEN is_taught THEN {said} ELSE because END AS because, {files}
FROM (SELECT *, CASE WHEN place = 1 OR {str(not learned.decisions).lower()} THEN heeded ELSE least(heeded, most) END AS given
  FROM heeded JOIN firsts USING (published_name))
WHERE place = 1 OR word = {quoted(REVIEW)}
ORDER BY published_name, place"""
