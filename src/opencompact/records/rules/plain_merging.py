"""The merge of plain releases in columns: what `rules/processes.py` finds of one process, found of thousands at once.

A field has the value told last; an object of a list is the one with its identifier, and stands where it was first told.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from opencompact.records.rules.latest import Column, Ints, Objects, any_of, are, filled, holding, keyed, last_of, matched, rows_of, taken, within
from opencompact.records.rules.notices import CANCELS, EARLY, ENDS, OPENS, notice_told
from opencompact.records.rules.processes import LOST, PLACE, Buyer, Known, kind_said
from opencompact.values.sql import quoted

Columns = dict[str, Column]
_DOCUMENTS = """list_filter(flatten([r.planning.documents, r.tender.documents, flatten(list_transform(r.awards, lambda e: e.documents)),
  flatten(list_transform(r.contracts, lambda e: e.documents))]), lambda e: e."noticeType" IS NOT NULL)"""


def tellings_sql(structure: str, *, first: int, last: int) -> str:
    """Each plain release of the processes of these numbers, from `release_lines` and `merging`: what `plainly_merged` is given.

    Its process, and `nth`, which orders them; where it stands; the STRUCT `r` of what it says; the document that bears its notice's number, of
    several the one whose id is its own; and, as JSON, what says of which kind the notice is.
    """
    return f"""
SELECT * EXCLUDE (documents), to_json({{tag: r.tag, number: document."noticeType"}}) AS said FROM (
  SELECT *, coalesce(list_filter(documents, lambda e: e.id = r.id)[1], documents[1]) AS document FROM (
    SELECT * EXCLUDE (is_numbered), CASE WHEN is_numbered THEN {_DOCUMENTS} END AS documents FROM (
      SELECT m.process, m.nth, m.ocid, m.digest, r.source, r.source_file, r.source_row, contains(r.release, '"noticeType"') AS is_numbered,
        from_json(r.release, {quoted(structure)}) AS r
      FROM release_lines r JOIN merging m ON m.source_file = r.source_file AND m.source_row = r.source_row AND m.content = r.content
      WHERE m.is_plain AND m.process BETWEEN {first} AND {last})))"""


_VALUE = {"amount": "value.amount", "gross": "value.amountGross", "currency": "value.currency"}
_HEAD = {
    "title": "tender.title",
    "release_title": "title",
    "procurement_method": "tender.procurementMethod",
    "procurement_method_details": "tender.procurementMethodDetails",
    "category": "tender.mainProcurementCategory",
    "legal_scheme": "tender.legalBasis.scheme",
    "legal_id": "tender.legalBasis.id",
    "opens_at": "tender.tenderPeriod.startDate",
    "closes_at": "tender.tenderPeriod.endDate",
    **{name: f"tender.{path}" for name, path in _VALUE.items()},
    "sme": "tender.suitability.sme",
    "vcse": "tender.suitability.vcse",
    "is_framework": "tender.techniques.hasFrameworkAgreement",
    "is_market": "tender.techniques.hasDynamicPurchasingSystem",
    "buyer_id": "buyer.id",
    "buyer_name": "buyer.name",
}
_SPELL = {"starts_at": "contractPeriod.startDate", "ends_at": "contractPeriod.endDate"}
_LOT = {"id": "id", "title": "title", "status": "status", **_VALUE, **_SPELL, "sme": "suitability.sme", "vcse": "suitability.vcse"}
_AWARD = {
    "id": "id",
    "title": "title",
    "status": "status",
    "awarded_at": "date",
    "published_at": "datePublished",
    **_SPELL,
    **_VALUE,
    "has_subcontracting": "hasSubcontracting",
}
_CONTRACT = {"id": "id", "award_id": "awardID", "signed_at": "dateSigned", "starts_at": "period.startDate", "ends_at": "period.endDate", **_VALUE}
_PARTY = {"id": "id", "name": "name", "scheme": "identifier.scheme", "number": "identifier.id", "others": "additionalIdentifiers"} | {
    "vcse": "details.vcse",
    "scale": "details.scale",
}


@dataclass(frozen=True)
class _Section:
    """The objects of a list in releases: each telling of one and the release it is in; the objects, their processes and what was told of them last."""

    rows: Column
    releases: Ints
    objects: Objects
    processes: Ints
    told: Columns

    def __len__(self) -> int:
        return len(self.processes)

    @property
    def last(self) -> Ints:
        """The release that told of each last."""
        return self.releases[self.objects.last]


class _Story:
    """The releases of many processes, in order, and what is said in them by section."""

    def __init__(self, told: pa.RecordBatch) -> None:
        self.told, self.says = told, told.column("r")
        self.processes = Objects(told.column("process").to_numpy())
        self.of, self.count = self.processes.of, len(self.processes.first)
        self.released, self.release_id = within(self.says, "date"), within(self.says, "id")
        self.head = {name: self.processes.latest(within(self.says, path)) for name, path in _HEAD.items()}
        self.parties = self._section("parties", _PARTY)
        self.lots = self._section("tender.lots", _LOT)
        self.awards = self._section("awards", _AWARD)
        self.contracts = self._section("contracts", _CONTRACT)

    def _section(self, path: str, fields: Mapping[str, str]) -> _Section:
        rows, releases = rows_of(within(self.says, path))
        objects = Objects(keyed(self.of[releases], within(rows, "id"))[0])
        told = {name: objects.latest(within(rows, path)) for name, path in fields.items()}
        return _Section(rows, releases, objects, self.of[releases[objects.first]], told)

    def suits(self, name: str) -> Column:
        """Whether each process suits these: as its tender says, else any of its lots."""
        of_lots = any_of(self.lots.told[name], self.lots.processes, count=self.count)
        return pc.cast(pc.coalesce(self.head[name], of_lots), pa.string())

    def place(self, releases: Ints) -> Columns:
        """Where these releases stand."""
        return {name: self.told.column(name).take(pa.array(releases)) for name in PLACE}


@dataclass(frozen=True)
class _Made:
    """The awards made: which of all awards they are, their processes, what is told of them, and the release that told of each last."""

    awards: Ints
    processes: Ints
    told: Columns
    last: Ints


def plainly_merged(told: pa.RecordBatch, known: Known, buyers: dict[Buyer, int]) -> dict[str, pa.Table]:
    """The rows of processes, notices, lots and awards that releases make, those of whole processes in order; new buyers are numbered on in `buyers`."""
    story = _Story(told)
    chosen, made = _chosen_buyers(story, buyers), _made(story)
    notices, days = _notices(story, known)
    found = {
        "raw_processes": _processes(story, known, made) | days | {"buyers": pa.array([";".join(map(str, each)) for each in chosen], pa.string())},
        "raw_notices": notices,
        "raw_lots": _lots(story),
        "raw_awards": _awards(story, known, made, pa.array([next(iter(each), None) for each in chosen], pa.int64())),
    }
    return {name: pa.table(columns) for name, columns in found.items()}


def _chosen_buyers(story: _Story, buyers: dict[Buyer, int]) -> list[dict[int, None]]:
    """The numbers of each process's buyers: the one its release names first, then every party with that role."""
    parties, buyer_id, buyer_name = story.parties, story.head["buyer_id"], story.head["buyer_name"]
    of_buyer = matched(np.arange(story.count), buyer_id, to_groups=parties.processes, to_ids=parties.told["id"])
    party = {name: taken(column, of_buyer) for name, column in parties.told.items()}
    names = pc.coalesce(filled(buyer_name), pc.if_else(pa.array(of_buyer < 0), buyer_name, party["name"]))
    is_named = are(pc.or_(buyer_id.is_valid(), buyer_name.is_valid()))
    named = np.flatnonzero(is_named)
    is_buyer = are(parties.objects.latest(holding(within(parties.rows, "roles"), "buyer")))
    is_other = are(pc.coalesce(pc.not_equal(parties.told["id"], buyer_id.take(pa.array(parties.processes))), pa.scalar(True)))
    others = np.flatnonzero(is_buyer & is_other)
    sources = ((named, (buyer_id, party["scheme"], party["number"], names)), (others, [parties.told[name] for name in ("id", "scheme", "number", "name")]))
    chosen: list[dict[int, None]] = [{} for _ in range(story.count)]
    for processes, (rows, columns) in zip((named, parties.processes[others]), sources, strict=True):
        for process, buyer in zip(processes.tolist(), zip(*(column.take(pa.array(rows)).to_pylist() for column in columns), strict=True), strict=True):
            chosen[process][buyers.setdefault(buyer, len(buyers))] = None
    return chosen


def _notices(story: _Story, known: Known) -> tuple[Columns, Columns]:
    """The columns of NOTICE, a row for each release, and of PROCESS the days of what notices do."""
    said = story.told.column("said").dictionary_encode()
    told = [orjson.loads(each) for each in said.dictionary.to_pylist()]
    kinds = [notice_told(each["tag"] or (), {"noticeType": each["number"]} if each["number"] is not None else {}, known.kinds) for each in told]
    different = {
        "kind": pa.array([each.kind for each in kinds], pa.string()),
        "tags": pa.array([each.tags for each in kinds], pa.string()),
        "does": pa.array([" ".join(sorted(each.does)) for each in kinds], pa.string()),
    }
    rows = {
        "ocid": story.told.column("ocid"),
        "place": pa.array(np.arange(len(story.of)) - story.processes.first[story.of] + 1),
        "release_id": story.release_id,
        **{name: column.take(said.indices) for name, column in different.items()},
        "document_id": within(story.told.column("document"), "id"),
        "url": within(story.told.column("document"), "url"),
        "released": story.released,
        **{name: story.told.column(name) for name in PLACE},
    }

    def first(word: str, days: Column) -> Column:
        does = np.array([word in each.does for each in kinds], np.bool_)[said.indices.to_numpy()]
        return taken(days, last_of(story.of, np.flatnonzero(does)[::-1], count=story.count))

    published = pc.coalesce(filled(within(story.says, "tender.datePublished")), story.released)
    days = {"published_at": first(OPENS, published)}
    return rows, days | {f"{name}_at": first(word, story.released) for name, word in (("early", EARLY), ("cancelled", CANCELS), ("ended", ENDS))}


def _lots(story: _Story) -> Columns:
    """The columns of LOT."""
    told = dict(story.lots.told)
    suits = {f"suitable_for_{name}": pc.cast(told.pop(name), pa.string()) for name in ("sme", "vcse")}
    ocids = story.told.column("ocid").take(pa.array(story.lots.last))
    return {"ocid": ocids, "lot_id": told.pop("id"), **told, **suits, **story.place(story.lots.last)}


def _made(story: _Story) -> _Made:
    awards, contracts = story.awards, story.contracts
    made = np.flatnonzero(~are(pc.is_in(awards.told["status"], value_set=pa.array(sorted(LOST)))))
    processes, told = awards.processes[made], {name: column.take(pa.array(made)) for name, column in awards.told.items()}
    # the contract of each award, the last named
    of_award = matched(processes, told["id"], to_groups=contracts.processes, to_ids=contracts.told["award_id"])
    contract = {name: taken(column, of_award) for name, column in contracts.told.items()}
    for names in (_VALUE, _SPELL):
        is_told = pa.array(np.logical_or.reduce([are(told[name].is_valid()) for name in names]))
        told |= {name: pc.if_else(is_told, told[name], contract[name]) for name in names}
    told["awarded_at"] = pc.coalesce(filled(told["awarded_at"]), contract["signed_at"])
    telling = matched(processes, told["id"], to_groups=story.of[contracts.releases], to_ids=within(contracts.rows, "awardID"))
    return _Made(made, processes, told, np.maximum(awards.last[made], np.append(contracts.releases, -1)[telling]))


def _processes(story: _Story, known: Known, made: _Made) -> Columns:
    """The columns of PROCESS but for its buyers and what its notices do."""
    head, count = story.head, story.count
    law = [filled(head[name]) for name in ("legal_scheme", "legal_id")]
    subcontracting = any_of(story.awards.told["has_subcontracting"], story.awards.processes, count=count)
    gross_only = are(made.told["gross"].is_valid()) & ~are(made.told["amount"].is_valid())
    first, last = pa.array(story.processes.first), story.processes.last
    return {
        "ocid": story.told.column("ocid").take(first),
        "title": pc.coalesce(filled(head["title"]), head["release_title"]),
        "kind": _kinds(story, known),
        **{name: head[name] for name in ("procurement_method", "procurement_method_details", "category", "opens_at", "closes_at")},
        "legal_basis": pc.coalesce(pc.binary_join_element_wise(*law, " "), *law),
        **{f"tender_{name}": head[name] for name in _VALUE},
        **{f"suitable_for_{name}": story.suits(name) for name in ("sme", "vcse")},
        "contract_ends_at": _ends(story),
        "has_subcontracting": pc.cast(subcontracting, pa.string()),
        "lots": pa.array(np.bincount(story.lots.processes, minlength=count)),
        "amendments": pa.array(_amendments(story)),
        "awards": pa.array(np.bincount(made.processes, minlength=count)),
        "awards_gross_only": pa.array(np.bincount(made.processes[gross_only], minlength=count)),
        "releases": pa.array(np.bincount(story.of)),
        "first_at": story.released.take(first),
        "last_at": story.released.take(pa.array(last)),
        **story.place(last),
        "digest": story.told.column("digest").take(first),
    }


def _kinds(story: _Story, known: Known) -> Column:
    details = story.head["procurement_method_details"].dictionary_encode()
    said = pa.array([kind_said(each, known.words) for each in details.dictionary.to_pylist()], pa.string()).take(details.indices)
    related, releases = rows_of(within(story.says, "relatedProcesses"))
    objects = Objects(keyed(story.of[releases], within(related, "id"))[0])
    of_framework = objects.latest(holding(within(related, "relationship"), "framework"))
    is_call_off = are(any_of(of_framework, story.of[releases[objects.first]], count=story.count))
    tests = (is_call_off, are(story.head["is_market"]), are(story.head["is_framework"]))
    return pc.coalesce(said, pa.array(np.select(tests, ("call_off", "dynamic_market", "framework"), "contract")))


def _ends(story: _Story) -> Column:
    """The last day of any award of each process, or of the contract of any award."""
    contracts = story.contracts
    of_awards = Objects(keyed(contracts.processes, contracts.told["award_id"])[0]).last
    days = filled(pa.concat_arrays([story.awards.told["ends_at"], contracts.told["ends_at"].take(pa.array(of_awards))]))
    in_order = pc.sort_indices(days).to_numpy()[: len(days) - days.null_count]
    processes = np.append(story.awards.processes, contracts.processes[of_awards])
    return taken(days, last_of(processes, in_order, count=story.count))


def _amendments(story: _Story) -> Ints:
    """How many amendments each process has, of its tender, its awards and its contracts."""
    counts = np.zeros(story.count, np.int64)
    owners = [(story.of, np.arange(story.count), within(story.says, "tender.amendments"))]
    owners += [(each.objects.of, each.processes, within(each.rows, "amendments")) for each in (story.awards, story.contracts)]
    for of_row, processes, lists in owners:
        amendments, rows = rows_of(lists)
        keys, size = keyed(of_row[rows], within(amendments, "id"))
        counts += np.bincount(processes[np.unique(keys) // max(size, 1)], minlength=story.count)
    return counts


def _awards(story: _Story, known: Known, made: _Made, buyers: Column) -> Columns:
    """The columns of AWARD: a row for each supplier of each award made, or one without any."""
    tellings, of_row = rows_of(within(story.awards.rows, "suppliers"))
    suppliers = Objects(keyed(story.awards.objects.of[of_row], within(tellings, "id"))[0])
    ids, names = (suppliers.latest(within(tellings, name)) for name in ("id", "name"))
    of_supplier = story.awards.objects.of[of_row[suppliers.first]]
    by_award, counts = np.argsort(of_supplier, kind="stable"), np.bincount(of_supplier, minlength=len(story.awards))
    rows = np.repeat(np.arange(len(made.awards)), np.maximum(counts[made.awards], 1))
    award, of = made.awards[rows], made.processes[rows]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    supplier = np.where(counts[award] > 0, np.append(by_award, -1)[np.minimum((np.cumsum(counts) - counts)[award] + place, len(by_award))], -1)
    supplier_id, parties = taken(ids, supplier), story.parties
    party = matched(of, supplier_id, to_groups=parties.processes, to_ids=parties.told["id"])
    scheme, number = _identifiers(story, known)
    process = {name: column.take(pa.array(of)) for name, column in story.head.items()}
    told = {name: column.take(pa.array(rows)) for name, column in made.told.items()}
    release = made.last[rows]
    released = story.released.take(pa.array(release))
    return {
        "ocid": story.told.column("ocid").take(pa.array(release)),
        "award_id": told["id"],
        "buyer": buyers.take(pa.array(of)),
        "title": pc.coalesce(filled(told["title"]), filled(process["title"]), process["release_title"]),
        **{name: process[name] for name in ("procurement_method", "opens_at", "closes_at")},
        **{name: told[name] for name in ("awarded_at", *_SPELL, *_VALUE)},
        "published_at": pc.coalesce(filled(told["published_at"]), released),
        "suppliers": pa.array(np.maximum(counts[award], 1)),
        "supplier_place": pa.array(place + 1),
        "suitable_for_vcse": story.suits("vcse").take(pa.array(of)),
        "supplier_vcse": taken(parties.told["vcse"], party),
        "supplier_scale": taken(parties.told["scale"], party),
        "has_subcontracting": pc.cast(told["has_subcontracting"], pa.string()),
        "release_id": story.release_id.take(pa.array(release)),
        "released": released,
        "supplier_name": pc.coalesce(filled(taken(names, supplier)), taken(parties.told["name"], party)),
        "scheme": taken(scheme, party),
        "identifier": taken(number, party),
        **story.place(release),
    }


def _identifiers(story: _Story, known: Known) -> tuple[Column, Column]:
    """Of each party the identifier of the register that can be followed best, else the one given first."""
    told = story.parties.told
    has_more = told["others"].is_valid()
    ranks = {scheme: rank for rank, scheme in enumerate(known.schemes)}
    given = zip(*(told[name].filter(has_more).to_pylist() for name in ("scheme", "number", "others")), strict=True)
    best = [
        min(((scheme, number), *((each["scheme"], each["id"]) for each in others)), key=lambda each: ranks.get(each[0], len(ranks)))
        for scheme, number, others in given
    ]
    schemes, numbers = (pa.array([each[place] for each in best], pa.string()) for place in (0, 1))
    return pc.replace_with_mask(told["scheme"], has_more, schemes), pc.replace_with_mask(told["number"], has_more, numbers)
