"""What a merged procurement process says, as rows of text: the process, its notices, its lots, and one row for each supplier of each award."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass
class Story:
    """One process: its releases as notices, with the day each gives itself, where each stands, and which last told of each award and lot.

    `opened` is the day its first tender notice was published, as that notice says.
    """

    places: Sequence[Place]
    notices: list[tuple[Notice, str | None, str | None]] = field(default_factory=list)
    last: dict[str | tuple[str, str | None] | None, int] = field(default_factory=dict)
    opened: str | None = None

    def hear(self, number: int, release: Release, notice: Notice) -> None:
        """Take note of a release, before it is merged."""
        date, tender = text(release.get("date")), part(release, "tender")
        self.notices.append((notice, text(release.get("id")), date))
        if self.opened is None and OPENS in notice.does:
            self.opened = text(tender.get("datePublished")) or date
        for award in rows(release, "awards"):
            self.last[text(award.get("id"))] = number
        for contract in rows(release, "contracts"):
            self.last[text(contract.get("awardID"))] = number
        for lot in rows(tender, "lots"):
            self.last["lot", text(lot.get("id"))] = number

    def first(self, word: str) -> str | None:
        """The day of the first release that does this."""
        return next((date for notice, _, date in self.notices if word in notice.does), None)


def read_process(found: Found, texts: Sequence[str], places: Sequence[Place], *, digest: int, known: Known) -> Merged:
    """Merge the releases of one process, given in order of date with the source, file and row of each, and add its rows to `found`."""
    story = Story(places)

    def seen(number: int, release: Release) -> None:
        story.hear(number, release, notice_of(release, known.kinds, numbered='"noticeType"' in texts[number]))

    merged = merge(texts, known.rules, seen=seen)
    release = merged.release
    ocid, tender = text(release.get("ocid")), part(release, "tender")
    buyers = _buyers(release, found)
    # the contract of each award, the last named
    contracts = {text(contract.get("awardID")): contract for contract in rows(release, "contracts")}
    for number, (notice, release_id, date) in enumerate(story.notices):
        does = " ".join(sorted(notice.does))
        found.notices.append((ocid, number + 1, release_id, notice.kind, notice.tags, notice.document_id, notice.url, date, does, *places[number]))
    found.lots.extend((ocid, *row) for row in _lots(tender, story))
    awards = [award for award in rows(release, "awards") if text(award.get("status")) not in LOST]
    head = (ocid, buyers[0] if buyers else None)
    found.awards.extend(row for award in _awards(awards, contracts, release, story, known) for row in award_rows(head, award))
    row = (ocid, ";".join(map(str, buyers)), *_tender(release, tender, story, known), *_ending(release, contracts, story))
    told = (*_counts(tender, release, awards, contracts), len(texts), story.notices[0][2], story.notices[-1][2], " ".join(merged.conflicts) or None)
    found.processes.append((*row, *told, *places[-1], digest))
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


def _lots(tender: Release, story: Story) -> Iterator[Row]:
    told = set()
    for lot in rows(tender, "lots"):
        lot_id = text(lot.get("id"))
        if lot_id not in told:
            told.add(lot_id)
            period, suits = part(lot, "contractPeriod"), part(lot, "suitability")
            days = (text(period.get("startDate")), text(period.get("endDate")))
            words = (lot_id, text(lot.get("title")), text(lot.get("status")), *_value(part(lot, "value")), *days)
            yield (*words, text(suits.get("sme")), text(suits.get("vcse")), *story.places[story.last["lot", lot_id]])


def _value(value: Release) -> tuple[str | None, str | None, str | None]:
    """The amount, the amount with tax and the currency."""
    return text(value.get("amount")), text(value.get("amountGross")), text(value.get("currency"))


def _awards(
    awards: Sequence[Release], contracts: Mapping[str | None, Release], release: Release, story: Story, known: Known
) -> Iterator[tuple[str, Row, Row, list[Row]]]:
    """Each award made: its id, its columns up to the value and from subcontracting on, and the columns of each of its suppliers."""
    tender = part(release, "tender")
    period = part(tender, "tenderPeriod")
    tendered = (text(tender.get("procurementMethod")), text(period.get("startDate")), text(period.get("endDate")))
    vcse, titled = _suits(tender, "vcse"), text(tender.get("title")) or text(release.get("title"))
    parties = {party["id"]: party for party in rows(release, "parties") if isinstance(party.get("id"), str)}
    names: dict[str, int] = {}
    for award in awards:
        award_id = text(award.get("id"))
        contract = contracts.get(award_id, _NO_CONTRACT)
        number = story.last[award_id]
        _, release_id, released = story.notices[number]
        spell = part(award, "contractPeriod") or part(contract, "period")
        signed = text(award.get("date")) or text(contract.get("dateSigned"))
        days = (signed, text(award.get("datePublished")) or released, text(spell.get("startDate")), text(spell.get("endDate")))
        value = _value(part(award, "value") or part(contract, "value"))
        suppliers = [_supplier(each, parties, vcse, known.schemes) for each in _suppliers(award)]
        head = (text(award.get("title")) or titled, *tendered, *days, *value)
        tail = (text(award.get("hasSubcontracting")), release_id, released)
        yield _name(award_id or release_id or text(release.get("ocid")) or "", names), head, (*tail, *story.places[number]), suppliers


def award_rows(head: Row, award: tuple[str, Row, Row, list[Row]]) -> Iterator[Row]:
    """A row of AWARD for each supplier of an award; `head` is its process and buyer."""
    (ocid, buyer), (award_id, columns, tail, suppliers) = head, award
    for place, (about, named) in enumerate(suppliers, start=1):
        yield (ocid, award_id, buyer, *columns, len(suppliers), place, *about, *tail[:3], *named, *tail[3:])


def _suppliers(award: Release) -> Iterable[Release]:
    """The suppliers of an award, each once: without an id the merge adds one again each time it is told. One without anything where there is none."""
    named = {
        each.get("id") if isinstance(each.get("id"), str) else ("", text(each.get("id")), text(each.get("name"))): each for each in rows(award, "suppliers")
    }
    return named.values() or ({},)


def _supplier(supplier: Release, parties: Mapping[str, Release], vcse: str | None, schemes: Sequence[str]) -> Row:
    given = supplier.get("id")
    party = parties.get(given, _NO_CONTRACT) if isinstance(given, str) else _NO_CONTRACT
    details = part(party, "details")
    name = text(supplier.get("name")) or text(party.get("name"))
    return (vcse, text(details.get("vcse")), text(details.get("scale"))), (name, *_identifier(party, schemes))


_NO_CONTRACT: Release = {}


def _name(award_id: str, names: dict[str, int]) -> str:
    """The award's id; a second award of the same one, or without any, gets a number, so that no two rows are the same."""
    names[award_id] = names.get(award_id, 0) + 1
    return award_id if names[award_id] == 1 else f"{award_id}/{names[award_id]}"


def _identifier(party: Release, schemes: Sequence[str]) -> tuple[str | None, str | None]:
    """The identifier of the register we can follow best, else the one given first."""
    chosen = part(party, "identifier")
    if "additionalIdentifiers" in party:
        given = [chosen, *rows(party, "additionalIdentifiers")]
        chosen = min(given, key=lambda each: schemes.index(each["scheme"]) if each.get("scheme") in schemes else len(schemes))
    return text(chosen.get("scheme")), text(chosen.get("id"))


def _suits(tender: Release, word: str) -> str | None:
    """Whether the tender, or else any of its lots, is said to suit small businesses (`sme`) or the sector (`vcse`)."""
    whole = part(tender, "suitability").get(word)
    if whole is not None:
        return text(whole)
    return _any((part(lot, "suitability") for lot in rows(tender, "lots")), word)


def _any(found: Iterable[Release], name: str) -> str | None:
    """Whether a field is true in any, where it is held of one at least."""
    told = [each for each in (row.get(name) for row in found) if isinstance(each, bool)]
    return text(any(told)) if told else None


def _tender(release: Release, tender: Release, story: Story, known: Known) -> Row:
    """The columns of PROCESS from the title to the early notice."""
    period, basis = part(tender, "tenderPeriod"), part(tender, "legalBasis")
    law = " ".join(filter(None, (text(basis.get("scheme")), text(basis.get("id"))))) or None
    details = text(tender.get("procurementMethodDetails"))
    words = (text(tender.get("procurementMethod")), details, text(tender.get("mainProcurementCategory")), law)
    days = (text(period.get("startDate")), story.opened, text(period.get("endDate")))
    title = text(tender.get("title")) or text(release.get("title"))
    suits = (_suits(tender, "sme"), _suits(tender, "vcse"))
    return title, _kind(release, tender, details, known.words), *words, *days, *_value(part(tender, "value")), *suits, story.first(EARLY)


def _ending(release: Release, contracts: Mapping[str | None, Release], story: Story) -> Row:
    """The columns of PROCESS from the cancelling to subcontracting."""
    awards = rows(release, "awards")
    ends = [text(part(each, "period").get("endDate")) for each in contracts.values()] + [text(part(each, "contractPeriod").get("endDate")) for each in awards]
    return story.first(CANCELS), story.first(ENDS), max(filter(None, ends), default=None), _any(awards, "hasSubcontracting")


def _counts(tender: Release, release: Release, awards: Sequence[Release], contracts: Mapping[str | None, Release]) -> Row:
    """Lots, amendments, awards, and awards of which only a value with tax is given."""
    amended = [tender, *rows(release, "awards"), *rows(release, "contracts")]
    values = [_value(part(award, "value") or part(contracts.get(text(award.get("id")), _NO_CONTRACT), "value")) for award in awards]
    gross_only = sum(net is None and gross is not None for net, gross, _ in values)
    return len(rows(tender, "lots")), sum(len(rows(each, "amendments")) for each in amended), len(awards), gross_only


def _kind(release: Release, tender: Release, details: str | None, words: Sequence[tuple[str, str]]) -> str:
    if said := kind_said(details, words):
        return said
    if any(says(process, "relationship", "framework") for process in rows(release, "relatedProcesses")):
        return "call_off"
    techniques = part(tender, "techniques")
    if techniques.get("hasDynamicPurchasingSystem") is True:
        return "dynamic_market"
    return "framework" if techniques.get("hasFrameworkAgreement") is True else "contract"


def kind_said(details: str | None, words: Sequence[tuple[str, str]]) -> str | None:
    """The kind of process that the details of its method name, by the first of these words and kinds that is in them."""
    folded = (details or "").casefold()
    return next((kind for word, kind in words if word in folded), None)
