"""The merge of plain releases by SQL: what `rules/processes.py` finds of one process, found of all of them at once, step by step.

A field has the value told last; an object of a list is the one with its identifier, and stands where it was first told.
"""

from collections.abc import Mapping

from opencompact.records.rules.processes import LOST, Known
from opencompact.values.sql import quoted

_ROOM = 2**20  # objects of a list: the release's place and the object's make one number, by which what was told last is known
_FURTHER = 2**12  # objects of a list in such an object


def tellings_sql(structure: str, *, first: int, last: int) -> str:
    """Each plain release of the processes of these numbers, from `release_lines` and `merging`.

    Its process, its place in it, where it stands, and the STRUCT `r` of what it says.
    """
    return f"""
SELECT m.process, m.place, r.source, r.source_file, r.source_row, contains(r.release, '"noticeType"') AS is_numbered,
  from_json(r.release, {quoted(structure)}) AS r
FROM release_lines r JOIN (
  SELECT process, content, source_file, source_row,
    row_number() OVER (PARTITION BY process ORDER BY released_at NULLS FIRST, source_file, source_row, content) AS place
  FROM merging WHERE is_plain AND process BETWEEN {first} AND {last}
) m ON m.source_file = r.source_file AND m.source_row = r.source_row AND m.content = r.content"""


def _last(fields: Mapping[str, str], by: str) -> str:
    """Columns: of each field what was told last."""
    return ", ".join(f"arg_max({field}, {by}) AS {name}" for name, field in fields.items())


def _each(lists: str, fields: Mapping[str, str]) -> str:
    """The merged objects of a list: `key` orders them as they were first told; `told` is the release that told of each last."""
    return f"""
SELECT process, e.id AS id, min(key) AS key, max(place) AS told, {_last(fields, "key")} FROM (
  SELECT process, place, place * {_ROOM} + nth AS key, e
  FROM (SELECT process, place, unnest({lists}) AS e, generate_subscripts({lists}, 1) AS nth FROM tellings)) GROUP BY process, e.id"""


def _value(node: str) -> dict[str, str]:
    return {"amount": f"{node}.amount", "gross": f'{node}."amountGross"', "currency": f"{node}.currency"}


def _period(node: str) -> dict[str, str]:
    return {"starts_at": f'{node}."startDate"', "ends_at": f'{node}."endDate"'}


_HEAD = {
    "title": "r.tender.title",
    "release_title": "r.title",
    "procurement_method": 'r.tender."procurementMethod"',
    "procurement_method_details": 'r.tender."procurementMethodDetails"',
    "category": 'r.tender."mainProcurementCategory"',
    "legal_scheme": 'r.tender."legalBasis".scheme',
    "legal_id": 'r.tender."legalBasis".id',
    "opens_at": 'r.tender."tenderPeriod"."startDate"',
    "closes_at": 'r.tender."tenderPeriod"."endDate"',
    **_value('r.tender."value"'),
    "sme": "r.tender.suitability.sme",
    "vcse": "r.tender.suitability.vcse",
    "is_framework": 'r.tender.techniques."hasFrameworkAgreement"',
    "is_market": 'r.tender.techniques."hasDynamicPurchasingSystem"',
    "buyer_id": "r.buyer.id",
    "buyer_name": "r.buyer.name",
    "last_at": 'r."date"',
    **{name: name for name in ("source", "source_file", "source_row")},
}
_AWARD = {
    "title": "e.title",
    "status": "e.status",
    "awarded_at": 'e."date"',
    "published_at": 'e."datePublished"',
    **_period('e."contractPeriod"'),
    **_value('e."value"'),
    "has_subcontracting": 'e."hasSubcontracting"',
}
_CONTRACT = {"award_id": 'e."awardID"', "signed_at": 'e."dateSigned"', **_period('e."period"'), **_value('e."value"')}
_LOT = {
    "title": "e.title",
    "status": "e.status",
    **_period('e."contractPeriod"'),
    **_value('e."value"'),
    "sme": "e.suitability.sme",
    "vcse": "e.suitability.vcse",
}
_PARTY = {
    "name": "e.name",
    "is_buyer": "list_contains(e.roles, 'buyer')",
    "scheme": "e.identifier.scheme",
    "number": "e.identifier.id",
    "others": 'e."additionalIdentifiers"',
    "vcse": "e.details.vcse",
    "scale": "e.details.scale",
}
_DOCUMENTS = """list_filter(flatten([r.planning.documents, r.tender.documents, flatten(list_transform(r.awards, lambda e: e.documents)),
  flatten(list_transform(r.contracts, lambda e: e.documents))]), lambda e: e."noticeType" IS NOT NULL)"""
_IN_CONTRACTS = "(SELECT process, place, unnest(r.contracts) AS e FROM tellings)"
_OF_CONTRACT = ", ".join(f"{name}: {name}" for name in ("signed_at", "starts_at", "ends_at", "amount", "gross", "currency"))

FIRST_STEPS: Mapping[str, str] = {
    # each release as a notice, with the document of its number: of several the one whose id is the release's own
    "told": f"""
SELECT process, place, r.id AS release_id, r."date" AS released, r.tag AS tag, coalesce(nullif(r.tender."datePublished", ''), r."date") AS published,
  source, source_file, source_row, coalesce(list_filter(documents, lambda e: e.id = r.id)[1], documents[1]) AS document
FROM (SELECT *, CASE WHEN is_numbered THEN {_DOCUMENTS} END AS documents FROM tellings)""",
    "heads": f"""SELECT process, count(*) AS releases, arg_min(r."date", place) AS first_at, {_last(_HEAD, "place")} FROM tellings GROUP BY process""",
    "parties": _each("r.parties", _PARTY),
    "awards": _each("r.awards", _AWARD),
    "contracts": _each("r.contracts", _CONTRACT),
    "told_lots": _each("r.tender.lots", _LOT),
    "told_suppliers": f"""
SELECT process, award_id, e.id AS id, min(key) AS key, arg_max(e.name, key) AS name FROM (
  SELECT process, award_id, key * {_FURTHER} + nth AS key, e FROM (
    SELECT process, e.id AS award_id, place * {_ROOM} + nth AS key, unnest(e.suppliers) AS e, generate_subscripts(e.suppliers, 1) AS nth
    FROM (SELECT process, place, unnest(r.awards) AS e, generate_subscripts(r.awards, 1) AS nth FROM tellings)
  )) GROUP BY process, award_id, e.id""",
    # the release that last told of any contract of an award
    "contracts_told": f"""SELECT process, e."awardID" AS award_id, max(place) AS told FROM {_IN_CONTRACTS} GROUP BY process, e."awardID\"""",
    "amended": f"""
SELECT process, count(*) AS amendments FROM (
  SELECT DISTINCT process, 0 AS kind, '' AS owner, unnest(r.tender.amendments).id AS id FROM tellings
  UNION ALL SELECT DISTINCT process, 1, e.id, unnest(e.amendments).id FROM (SELECT process, unnest(r.awards) AS e FROM tellings)
  UNION ALL SELECT DISTINCT process, 2, e.id, unnest(e.amendments).id FROM {_IN_CONTRACTS}) GROUP BY process""",
    "related": """
SELECT process, bool_or(is_framework) AS is_call_off FROM (
  SELECT process, arg_max(list_contains(e.relationship, 'framework'), place * 1048576 + nth) AS is_framework FROM (
    SELECT process, place, unnest(r."relatedProcesses") AS e, generate_subscripts(r."relatedProcesses", 1) AS nth FROM tellings) GROUP BY process, e.id
) GROUP BY process""",
}
"""The tables made from `tellings`, which is not needed after."""

NOTICES = """SELECT DISTINCT tag, document."noticeType" AS number FROM told"""
"""What notices say of their kind, for the rules to say what each is: into `notice_kinds`."""

WORDS = "SELECT DISTINCT procurement_method_details AS details FROM heads WHERE procurement_method_details IS NOT NULL"
"""What tenders say of their kind, for the rules to say which: into `said_kinds`."""

_LOST = ", ".join(map(quoted, sorted(LOST)))


def _chosen(name: str, fields: tuple[str, ...], *, owner: str = "a") -> str:
    """A field of the award's where any of these is given, else its contract's."""
    given = " OR ".join(f"{owner}.{field} IS NOT NULL" for field in fields)
    return f"CASE WHEN {given} THEN {owner}.{name} ELSE c.c.{name} END AS {name}"


_VALUE, _PERIOD = ("amount", "gross", "currency"), ("starts_at", "ends_at")
_CHOSEN = ", ".join([*(_chosen(name, _VALUE) for name in _VALUE), *(_chosen(name, _PERIOD) for name in _PERIOD)])

NEXT_STEPS: Mapping[str, str] = {
    # the contract of each award, the last named
    "contracts_of": f"SELECT process, award_id, arg_max({{{_OF_CONTRACT}}}, key) AS c FROM contracts GROUP BY process, award_id",
    "moments": """
SELECT process, arg_min(published, place) FILTER (opens) AS opened_at, arg_min(released, place) FILTER (early) AS early_at,
  arg_min(released, place) FILTER (cancels) AS cancelled_at, arg_min(released, place) FILTER (ends) AS ended_at
FROM told t JOIN notice_kinds k ON k.tag IS NOT DISTINCT FROM t.tag AND k.number IS NOT DISTINCT FROM t.document."noticeType"
WHERE opens OR early OR cancels OR ends GROUP BY process""",
    "choices": """
SELECT h.process, 0 AS key, buyer_id AS id, scheme, number, coalesce(nullif(buyer_name, ''), CASE WHEN p.id IS NULL THEN buyer_name ELSE name END) AS name
FROM heads h LEFT JOIN parties p ON p.process = h.process AND p.id = h.buyer_id WHERE buyer_id IS NOT NULL OR buyer_name IS NOT NULL
UNION ALL SELECT process, p.key, p.id, p.scheme, p.number, p.name FROM parties p JOIN heads h USING (process)
WHERE is_buyer AND (buyer_id IS NULL OR p.id <> buyer_id)""",
    "numbered": "SELECT id, scheme, number, name, row_number() OVER () - 1 + {buyers} AS buyer FROM (SELECT DISTINCT id, scheme, number, name FROM choices)",
    "chosen": """
SELECT process, string_agg(buyer, ';' ORDER BY key) AS buyers, arg_min(buyer, key) AS buyer FROM (
  SELECT process, buyer, min(key) AS key FROM choices c JOIN numbered n ON n.id IS NOT DISTINCT FROM c.id AND n.scheme IS NOT DISTINCT FROM c.scheme
    AND n.number IS NOT DISTINCT FROM c.number AND n.name IS NOT DISTINCT FROM c.name GROUP BY process, buyer) GROUP BY process""",
    "made": f"""
SELECT a.process, a.id, a.title, coalesce(nullif(awarded_at, ''), c.c.signed_at) AS awarded_at, a.published_at, {_CHOSEN}, a.has_subcontracting,
  greatest(a.told, t.told) AS told
FROM awards a LEFT JOIN contracts_of c ON c.process = a.process AND c.award_id = a.id
LEFT JOIN contracts_told t ON t.process = a.process AND t.award_id = a.id WHERE coalesce(status, '') NOT IN ({_LOST})""",
}
"""The tables made from those and from what the rules say of kinds; `buyers` numbers are taken already."""


def _of(table: str, selected: str) -> str:
    return f"(SELECT process, {selected} FROM {table} GROUP BY process)"


PROCESSES = f"""
SELECT s.ocid, coalesce(b.buyers, '') AS buyers, coalesce(nullif(h.title, ''), release_title) AS title,
  coalesce(k.kind, CASE WHEN is_call_off THEN 'call_off' WHEN is_market THEN 'dynamic_market' WHEN is_framework THEN 'framework' ELSE 'contract' END) AS kind,
  procurement_method, procurement_method_details, category, nullif(concat_ws(' ', nullif(legal_scheme, ''), nullif(legal_id, '')), '') AS legal_basis,
  opens_at, opened_at AS published_at, closes_at, amount AS tender_amount, gross AS tender_gross, currency AS tender_currency,
  coalesce(CAST(h.sme AS VARCHAR), CAST(l.sme AS VARCHAR)) AS suitable_for_sme, coalesce(CAST(h.vcse AS VARCHAR), CAST(l.vcse AS VARCHAR)) AS suitable_for_vcse,
  early_at, cancelled_at, ended_at, greatest(a.ends_at, c.ends_at) AS contract_ends_at, CAST(a.has_subcontracting AS VARCHAR) AS has_subcontracting,
  coalesce(l.lots, 0) AS lots, coalesce(amendments, 0) AS amendments, coalesce(m.awards, 0) AS awards, coalesce(m.awards_gross_only, 0) AS awards_gross_only,
  releases, first_at, last_at, source, source_file, source_row, s.digest
FROM heads h JOIN stories s ON s.process = h.process
LEFT JOIN chosen b ON b.process = h.process
LEFT JOIN said_kinds k ON k.details = procurement_method_details
LEFT JOIN related r ON r.process = h.process
LEFT JOIN moments t ON t.process = h.process
LEFT JOIN amended n ON n.process = h.process
LEFT JOIN {_of("told_lots", "count(*) AS lots, bool_or(sme) AS sme, bool_or(vcse) AS vcse")} l ON l.process = h.process
LEFT JOIN {_of("awards", "bool_or(has_subcontracting) AS has_subcontracting, max(nullif(ends_at, '')) AS ends_at")} a ON a.process = h.process
LEFT JOIN {_of("made", "count(*) AS awards, count(*) FILTER (amount IS NULL AND gross IS NOT NULL) AS awards_gross_only")} m ON m.process = h.process
LEFT JOIN {_of("contracts_of", "max(nullif(c.ends_at, '')) AS ends_at")} c ON c.process = h.process"""

NOTICES_MADE = """
SELECT s.ocid, place, release_id, k.kind, k.tags, document.id AS document_id, document.url AS url, released, k.does, source, source_file, source_row
FROM told t JOIN stories s ON s.process = t.process
JOIN notice_kinds k ON k.tag IS NOT DISTINCT FROM t.tag AND k.number IS NOT DISTINCT FROM t.document."noticeType\""""

LOTS = """
SELECT s.ocid, l.id AS lot_id, title, status, amount, gross, currency, starts_at, ends_at,
  CAST(sme AS VARCHAR) AS suitable_for_sme, CAST(vcse AS VARCHAR) AS suitable_for_vcse, source, source_file, source_row
FROM told_lots l JOIN stories s ON s.process = l.process JOIN told t ON t.process = l.process AND t.place = l.told"""


def awards_sql(known: Known) -> str:
    """A row for each supplier of each award made; of a supplier's identifiers the one of the register that can be followed best, else the first."""
    schemes = ", ".join(map(quoted, known.schemes))
    rank = f"coalesce(nullif(list_position([{schemes}], e.scheme), 0), {len(known.schemes) + 1})"
    return f"""
SELECT s.ocid, a.id AS award_id, b.buyer, coalesce(nullif(a.title, ''), nullif(h.title, ''), h.release_title) AS title, h.procurement_method, h.opens_at,
  h.closes_at, a.awarded_at, coalesce(nullif(a.published_at, ''), t.released) AS published_at, a.starts_at, a.ends_at, a.amount, a.gross, a.currency,
  coalesce(u.suppliers, 1) AS suppliers, coalesce(u.place, 1) AS supplier_place,
  coalesce(CAST(h.vcse AS VARCHAR), CAST(l.vcse AS VARCHAR)) AS suitable_for_vcse, p.vcse AS supplier_vcse, p.scale AS supplier_scale,
  CAST(a.has_subcontracting AS VARCHAR) AS has_subcontracting, t.release_id, t.released, coalesce(nullif(u.name, ''), p.name) AS supplier_name,
  p.best.scheme AS scheme, p.best.id AS identifier, t.source, t.source_file, t.source_row
FROM made a JOIN heads h ON h.process = a.process JOIN stories s ON s.process = a.process JOIN told t ON t.process = a.process AND t.place = a.told
LEFT JOIN chosen b ON b.process = a.process
LEFT JOIN {_of("told_lots", "bool_or(vcse) AS vcse")} l ON l.process = a.process
LEFT JOIN (SELECT process, award_id, id, name, row_number() OVER (PARTITION BY process, award_id ORDER BY key) AS place,
  count(*) OVER (PARTITION BY process, award_id) AS suppliers FROM told_suppliers) u ON u.process = a.process AND u.award_id = a.id
LEFT JOIN (SELECT process, id, name, vcse, scale,
  CASE WHEN others IS NULL THEN {{scheme: scheme, id: number}} ELSE given[list_position(ranks, list_min(ranks))] END AS best
  FROM (SELECT *, list_transform(given, lambda e: {rank}) AS ranks
    FROM (SELECT *, CASE WHEN others IS NOT NULL THEN list_prepend({{scheme: scheme, id: number}}, others) END AS given FROM parties))
) p ON p.process = a.process AND p.id = u.id"""
