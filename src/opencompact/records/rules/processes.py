"""What a merged procurement process says, as rows of text: the process, its notices, its lots, and one row for each supplier of each award."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opencompact.records.rules.merging import Merged, Rules, merge
from opencompact.records.rules.notices import CANCELS, EARLY, ENDS, OPENS, Notice, NoticeKinds, Release, notice_of, part, rows, says, text

LOST = frozenset(("cancelled", "unsuccessful", "pending"))
PLACE = ("source", "source_file", "source_row")
PROCESS = (
    *(
        "ocid",
        "buyers",
        "title",
        "kind",
        "procurement_method",
        "procurement_method_details",
        "category",
        "legal_basis",
        "opens_at",
        "published_at",
        "closes_at",
    ),
    *("tender_amount", "tender_gross", "tender_currency", "suitable_for_sme", "suitable_for_vcse", "early_at", "cancelled_at", "ended_at", "contract_ends_at"),
    *("has_subcontracting", "lots", "amendments", "awards", "awards_gross_only", "releases", "first_at", "last_at", "conflicts", *PLACE, "digest"),
)
NOTICE = ("ocid", "place", "release_id", "kind", "tags", "document_id", "url", "released", "does", *PLACE)
LOT = ("ocid", "lot_id", "title", "status", "amount", "gross", "currency", "starts_at", "ends_at", "suitable_for_sme", "suitable_for_vcse", *PLACE)
AWARD = (
    *("ocid", "award_id", "buyer", "title", "procurement_method", "opens_at", "closes_at", "awarded_at", "published_at", "starts_at", "ends_at"),
    *("amount", "gross", "currency", "suppliers", "supplier_place", "suitable_for_vcse", "supplier_vcse", "supplier_scale", "has_subcontracting"),
    *("release_id", "released", "supplier_name", "scheme", "identifier", *PLACE),
)
WHOLE_NUMBERS = frozenset(
    ("place", "source_row", "lots", "amendments", "awards", "awards_gross_only", "releases", "suppliers", "supplier_place", "buyer", "digest", "changed")
)
Row = tuple[Any, ...]
Buyer = tuple[str | None, str | None, str | None, str | None]
Place = tuple[str, str, int]


@dataclass(frozen=True)
class Known:
    """What the catalogue says: the merge rules, the kinds of notice, words of kinds of process, and the schemes of registers in order of choice."""

    rules: Rules
    kinds: NoticeKinds
    words: Sequence[tuple[str, str]]
    schemes: Sequence[str]


@dataclass(frozen=True)
class Found:
    """Rows as found, in the order of PROCESS, NOTICE, LOT and AWARD; `buyers` gives each buyer once, numbered in order."""

    processes: list[Row]
    notices: list[Row]
    lots: list[Row]
    awards: list[Row]
    buyers: dict[Buyer, int]


def read_process(found: Found, texts: Sequence[str], places: Sequence[Place], *, digest: int, known: Known) -> Merged:
    """Merge the releases of one process, given in order of date with the source, file and row of each, and add its rows to `found`."""
    notices: list[tuple[Notice, str | None, str | None]] = []
    last: dict[Any, int] = {}

    def seen(number: int, release: Release) -> None:
        notice = notice_of(release, known.kinds, numbered='"noticeType"' in texts[number])
        notices.append((notice, text(release.get("id")), text(release.get("date"))))
        for award in rows(release, "awards"):
            last[text(award.get("id"))] = number
        for contract in rows(release, "contracts"):
            last[text(contract.get("awardID"))] = number
        for lot in rows(part(release, "tender"), "lots"):
            last["lot", text(lot.get("id"))] = number

    merged = merge(texts, known.rules, seen=seen)
    release = merged.release
    ocid = text(release.get("ocid"))
    buyers = _buyers(release, found)
    _add_notices(found, ocid, notices, places)
    _add_lots(found, ocid, release, last, places)
    contracts = _contracts(release)
    counted = _add_awards(found, ocid, buyers, release, contracts, notices, last, places, known)
    found.processes.append(_process(ocid, buyers, release, contracts, notices, counted, merged, known) + (*places[-1], digest))
    return merged


def _buyers(release: Release, found: Found) -> list[int]:
    """The numbers of the buyers: the one the release names first, then every party with that role."""
    named = part(release, "buyer")
    parties = rows(release, "parties")
    own = next((party for party in parties if party.get("id") == named.get("id")), named) if named else named
    chosen = [_buyer(named, own)] if named else []
    chosen += [_buyer(party, party) for party in parties if says(party, "roles", "buyer") and (not named or party.get("id") != named.get("id"))]
    return [found.buyers.setdefault(buyer, len(found.buyers)) for buyer in dict.fromkeys(chosen)]


def _buyer(named: Release, party: Release) -> Buyer:
    identifier = part(party, "identifier")
    scheme, number = text(identifier.get("scheme")), text(identifier.get("id"))
    return text(named.get("id")), scheme, number, text(named.get("name")) or text(party.get("name"))


def _contracts(release: Release) -> dict[str | None, Release]:
    """The contract of each award, the last named."""
    return {text(contract.get("awardID")): contract for contract in rows(release, "contracts")}


def _add_notices(found: Found, ocid: str | None, notices: Sequence[tuple[Notice, str | None, str | None]], places: Sequence[Place]) -> None:
    for number, (notice, release_id, date) in enumerate(notices):
        does = " ".join(sorted(notice.does))
        found.notices.append((ocid, number + 1, release_id, notice.kind, notice.tags, notice.document_id, notice.url, date, does, *places[number]))


def _add_lots(found: Found, ocid: str | None, release: Release, last: Mapping[Any, int], places: Sequence[Place]) -> None:
    told = set()
    for lot in rows(part(release, "tender"), "lots"):
        lot_id = text(lot.get("id"))
        if lot_id in told:
            continue
        told.add(lot_id)
        value, period, suits = part(lot, "value"), part(lot, "contractPeriod"), part(lot, "suitability")
        amounts = (text(value.get("amount")), text(value.get("amountGross")), text(value.get("currency")))
        days = (text(period.get("startDate")), text(period.get("endDate")))
        words = (text(lot.get("title")), text(lot.get("status")))
        found.lots.append((ocid, lot_id, *words, *amounts, *days, text(suits.get("sme")), text(suits.get("vcse")), *places[last["lot", lot_id]]))


def _add_awards(
    found: Found,
    ocid: str | None,
    buyers: Sequence[int],
    release: Release,
    contracts: Mapping[str | None, Release],
    notices: Sequence[tuple[Notice, str | None, str | None]],
    last: Mapping[Any, int],
    places: Sequence[Place],
    known: Known,
) -> tuple[int, int]:
    """Add a row for each supplier of each award that was made; returns the awards, and how many of them give only a value with tax."""
    tender = part(release, "tender")
    period = part(tender, "tenderPeriod")
    shared = (text(tender.get("procurementMethod")), text(period.get("startDate")), text(period.get("endDate")))
    vcse = _suits(tender, "vcse")
    parties = {party.get("id"): party for party in rows(release, "parties") if isinstance(party.get("id"), str)}
    made = gross_only = 0
    names: dict[str, int] = {}
    for award in rows(release, "awards"):
        if text(award.get("status")) in LOST:
            continue
        award_id = text(award.get("id"))
        contract = contracts.get(award_id, {})
        number = last[award_id]
        _, release_id, released = notices[number]
        value = part(award, "value") or part(contract, "value")
        amounts = text(value.get("amount")), text(value.get("amountGross")), text(value.get("currency"))
        spell = part(award, "contractPeriod") or part(contract, "period")
        days = (
            text(award.get("date")) or text(contract.get("dateSigned")),
            text(award.get("datePublished")) or released,
            text(spell.get("startDate")),
            text(spell.get("endDate")),
        )
        made += 1
        gross_only += amounts[0] is None and amounts[1] is not None
        title = text(award.get("title")) or text(tender.get("title")) or text(release.get("title"))
        suppliers: list[Release] = rows(award, "suppliers") or [{}]
        head = (ocid, _name(award_id or release_id or ocid or "", names), buyers[0] if buyers else None, title, *shared, *days, *amounts, len(suppliers))
        tail = (text(award.get("hasSubcontracting")), release_id, released)
        for place, supplier in enumerate(suppliers, start=1):
            party = parties.get(supplier.get("id"), {}) if isinstance(supplier.get("id"), str) else {}
            details = part(party, "details")
            scheme, identifier = _identifier(party, known.schemes)
            name = text(supplier.get("name")) or text(party.get("name"))
            about = (place, vcse, text(details.get("vcse")), text(details.get("scale")))
            found.awards.append((*head, *about, *tail, name, scheme, identifier, *places[number]))
    return made, gross_only


def _name(award_id: str, names: dict[str, int]) -> str:
    """The award's id; a second award of the same one, or without any, gets a number, so that no two rows are the same."""
    names[award_id] = names.get(award_id, 0) + 1
    return award_id if names[award_id] == 1 else f"{award_id}/{names[award_id]}"


def _identifier(party: Release, schemes: Sequence[str]) -> tuple[str | None, str | None]:
    """The identifier of the register we can follow best, else the one given first."""
    main = part(party, "identifier")
    given = [main, *rows(party, "additionalIdentifiers")] if "additionalIdentifiers" in party else [main]
    if len(given) > 1:
        given.sort(key=lambda each: schemes.index(each["scheme"]) if each.get("scheme") in schemes else len(schemes))
    return text(given[0].get("scheme")), text(given[0].get("id"))


def _suits(tender: Release, word: str) -> str | None:
    """Whether the tender, or else any of its lots, is said to suit small businesses (`sme`) or the sector (`vcse`)."""
    whole = part(tender, "suitability").get(word)
    if whole is not None:
        return text(whole)
    told = [each for each in (part(lot, "suitability").get(word) for lot in rows(tender, "lots")) if each is not None]
    return text(any(each is True for each in told)) if told else None


def _process(
    ocid: str | None,
    buyers: Sequence[int],
    release: Release,
    contracts: Mapping[str | None, Release],
    notices: Sequence[tuple[Notice, str | None, str | None]],
    counted: tuple[int, int],
    merged: Merged,
    known: Known,
) -> Row:
    tender = part(release, "tender")
    period, value, basis = part(tender, "tenderPeriod"), part(tender, "value"), part(tender, "legalBasis")
    dates = {word: next((date for notice, _, date in notices if word in notice.does), None) for word in (EARLY, OPENS, CANCELS, ENDS)}
    sections = [tender, *rows(release, "awards"), *rows(release, "contracts")]
    ends = [end for end in (text(part(each, "period").get("endDate")) for each in contracts.values()) if end]
    ends = ends or [end for end in (text(part(each, "contractPeriod").get("endDate")) for each in rows(release, "awards")) if end]
    published = text(tender.get("datePublished")) if dates[OPENS] else None
    return (
        ocid,
        ";".join(map(str, buyers)),
        text(tender.get("title")) or text(release.get("title")),
        _kind(release, tender, known.words),
        text(tender.get("procurementMethod")),
        text(tender.get("procurementMethodDetails")),
        text(tender.get("mainProcurementCategory")),
        " ".join(filter(None, (text(basis.get("scheme")), text(basis.get("id"))))) or None,
        text(period.get("startDate")),
        published or dates[OPENS],
        text(period.get("endDate")),
        text(value.get("amount")),
        text(value.get("amountGross")),
        text(value.get("currency")),
        _suits(tender, "sme"),
        _suits(tender, "vcse"),
        dates[EARLY],
        dates[CANCELS],
        dates[ENDS],
        max(ends, default=None),
        _any(rows(release, "awards"), "hasSubcontracting"),
        len(rows(tender, "lots")),
        sum(len(rows(section, "amendments")) for section in sections),
        *counted,
        len(notices),
        notices[0][2],
        notices[-1][2],
        " ".join(merged.conflicts) or None,
    )


def _any(found: Iterable[Release], name: str) -> str | None:
    told = [each for each in (row.get(name) for row in found) if isinstance(each, bool)]
    return text(any(told)) if told else None


def _kind(release: Release, tender: Release, words: Sequence[tuple[str, str]]) -> str:
    details = (text(tender.get("procurementMethodDetails")) or "").casefold()
    said = next((kind for word, kind in words if word in details), None)
    techniques = part(tender, "techniques")
    if said:
        return said
    if any(says(process, "relationship", "framework") for process in rows(release, "relatedProcesses")):
        return "call_off"
    if techniques.get("hasDynamicPurchasingSystem") is True:
        return "dynamic_market"
    return "framework" if techniques.get("hasFrameworkAgreement") is True else "contract"
