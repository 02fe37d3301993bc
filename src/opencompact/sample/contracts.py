"""Contract notices of the sample country: pages of OCDS releases with tenders, awards and awards told anew."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import islice
from pathlib import Path
from typing import Any

from opencompact.sample import payees
from opencompact.sample.country import AFFAIRS, EXAMPLES, VARROWMERE, WEB, WEXELWICK, WORKS, Country
from opencompact.sample.truth import Payee, Truth
from opencompact.sample.writing import ListFile

RELEASES, LEAST_A_PAGE, MOST_A_PAGE = 120, 100, 2_000
APART = 6  # processes begun between one release of a process and its next
CONTACT = "Petronel Canaryworth"
_UNKNOWN_BUYER = ("GB-CFS-98900", "Ellinghythe Water Partnership")
_FIRST_DAY = date(2032, 1, 1)
_EXTENSIONS = ("https://raw.sample.example/ocds/extensions/suitability.json",)
# Awards that are odd in themselves, by the place of their process.
_CANCELLED, _BARE, _ENDLESS, _BAD_NUMBER = 11, 13, 17, 21


@dataclass(frozen=True)
class Process:
    """One procurement: its releases by tag and day, its buyer, its suppliers and what the award is worth, in pounds divisible by their number."""

    place: int
    story: tuple[tuple[str, int], ...]
    ocid: str
    notice: str
    body: str
    buyer: dict[str, Any]
    suppliers: tuple[Payee, ...]
    pounds: int
    released_on: date


def write_contracts(folder: Path, country: Country, *, rng: random.Random, times: int, truth: Truth) -> None:
    """Write the feed: pages of releases, those of one process some way apart.

    An award told anew counts as its latest release tells it; its place is the last release that tells of it or of its contract.
    """
    truth.must_not_appear.append(CONTACT)
    total = RELEASES * times
    a_page = min(max(LEAST_A_PAGE, total // 200), MOST_A_PAGE)
    releases = _in_turn(_processes(country, rng), total)
    for page in range(1, -(-total // a_page) + 1):
        path = folder / f"notices-page-{page:04}.json"
        with ListFile(path, "releases", before=_before(page), after=_after(page)) as items:
            for process, step in islice(releases, a_page):
                row = items.write(_release(process, step))
                if step == _last_told(process):
                    _take_down(path, row, process, truth)


def _in_turn(processes: Iterator[Process], total: int) -> Iterator[tuple[Process, int]]:
    """So many releases, as process and place in its story; only the processes under way are held."""
    waiting: list[tuple[int, int, int, Process]] = []  # turn, then place and step, so that no two are equal
    begun = turn = 0
    while begun < total or waiting:
        turn += 1
        if begun < total:
            process = next(processes)
            process = replace(process, story=process.story[: total - begun])
            begun += len(process.story)
            for step in range(len(process.story)):
                heappush(waiting, (turn + APART * step, process.place, step, process))
        while waiting and waiting[0][0] <= turn:
            _, _, step, process = heappop(waiting)
            yield process, step


def _last_told(process: Process, *, of: tuple[str, ...] = ("award", "awardUpdate", "contract", "contractAmendment")) -> int:
    """The place in the story of the last release that tells of the award, or of its contract; -1 where there is none."""
    return max((step for step, (tag, _) in enumerate(process.story) if tag in of), default=-1)


def _take_down(path: Path, row: int, process: Process, truth: Truth) -> None:
    if process.place == _CANCELLED:
        return
    if process.place == _BARE:
        truth.problem(path, row, "award of an id and amendments only", header="awards.suppliers.name", reported=True, loads=False)
        return
    pence = 0 if process.place == _ENDLESS else process.pounds * 100 // len(process.suppliers)
    if process.place == _ENDLESS:
        truth.problem(path, row, "1e9999 as an amount", header="awards.value.amount", reported=False)
    if process.place == _BAD_NUMBER:
        truth.problem(path, row, "malformed company number", header="parties.identifier.id", reported=True)
    for place, payee in enumerate(process.suppliers, start=1):
        link = {"award_id": _award_id(process), "supplier_place": place}
        truth.row("contracts", path, row, body=process.body, year=str(_awarded_on(process).year), pence=pence, payee=payee, **link)


def _processes(country: Country, rng: random.Random) -> Iterator[Process]:
    buyers = [
        (body.slug, _buyer(98000 + place, body.name, body.key))
        for place, body in enumerate(map(country.body, (EXAMPLES, AFFAIRS, WORKS, VARROWMERE, WEXELWICK)))
    ]
    buyers.append((_UNKNOWN_BUYER[0], _buyer(98900, _UNKNOWN_BUYER[1], "")))
    place = 0
    while True:
        place += 1
        story = _story(place, rng)
        body, buyer = rng.choice(buyers)
        odd = place in (_BARE, _ENDLESS, _BAD_NUMBER)
        suppliers = tuple(_supplier(country, rng) for _ in range(1 if odd else rng.choice((1, 1, 1, 1, 2, 3))))
        if place == _BAD_NUMBER:
            suppliers = (payees.named_firm(country.other_firms[0], company_number="n0ne"),)
        notice = f"{rng.getrandbits(64):016x}"
        released = _FIRST_DAY + timedelta(days=rng.randrange(880))
        yield Process(place, story, f"ocds-sample-{place:06}-{notice[:8]}", notice, body, buyer, suppliers, 6 * rng.randrange(500, 60_000), released)


def _story(place: int, rng: random.Random) -> tuple[tuple[str, int], ...]:
    """The releases of a process by tag, with the days each comes after the award (before it, where negative)."""
    chance = rng.random()
    planned, amended, signed, varied = (rng.random() < share for share in (0.25, 0.15, 0.6, 0.1))
    told = [(True, "tender", -75), (amended, "tenderAmendment", -60)]
    if place in (_CANCELLED, _BARE, _ENDLESS, _BAD_NUMBER) or place % 12 == 0 or chance < 0.6:
        told += [(True, "award", 0), (place % 12 == 0, "awardUpdate", 10), (signed, "contract", 21), (signed and varied, "contractAmendment", 90)]
    elif chance > 0.95:
        return (("planning", -120),)
    return tuple((tag, days) for happened, tag, days in [(planned, "planning", -120), *told] if happened)


def _supplier(country: Country, rng: random.Random) -> Payee:
    chance = rng.random()
    if chance < 0.4:
        return payees.charity(country, rng=rng, by_number=rng.random() < 0.5)
    if chance < 0.6:
        return payees.firm(country, rng=rng)
    return payees.named_firm(rng.choice(country.other_firms)) if chance < 0.92 else payees.person(rng=rng)


def _release(process: Process, step: int) -> dict[str, Any]:
    """The release of that place in the process's story, telling what is new in it, as a feed of changes does."""
    tag, later = process.story[step]
    day = process.released_on + timedelta(days=later)
    release: dict[str, Any] = {
        "ocid": process.ocid,
        "id": f"{process.notice}-{process.place}-{step}",
        "language": "en",
        "date": f"{day}T17:02:00Z",
        "tag": [tag],
        "initiationType": "tender",
        "parties": [process.buyer],
        "buyer": {"id": process.buyer["id"], "name": process.buyer["name"]},
    }
    if tag == "planning":
        release["planning"] = {"rationale": "An invented need", "budget": {"amount": {"amount": process.pounds, "currency": "GBP"}}}
        release["tender"] = {"id": f"SMP{process.place:06}", "title": f"Sample services, lot {process.place}", "status": "planned"}
    elif tag.startswith("contract"):
        release["contracts"] = [_contract(process, day=process.released_on, is_varied=tag != "contract")]
    else:
        release["tender"] = _tender(process, is_done=tag.startswith("award"), is_amended=tag == "tenderAmendment")
    if tag.startswith("award"):
        release["parties"] = [process.buyer, *(_party(process, place, payee) for place, payee in enumerate(process.suppliers, start=1))]
        release["awards"] = [_award(process, day=day, factor=1 if step == _last_told(process, of=("award", "awardUpdate")) else 2)]
    return release


def _tender(process: Process, *, is_done: bool, is_amended: bool) -> dict[str, Any]:
    closes = process.released_on - timedelta(days=40)
    tender: dict[str, Any] = {
        "id": f"SMP{process.place:06}",
        "title": f"Sample services, lot {process.place}",
        "description": "Invented services for an invented country.",
        "datePublished": f"{closes - timedelta(days=20 + process.place % 30)}T14:26:39Z",
        "status": "complete" if is_done else "active",
        "classification": {"scheme": "CPV", "id": "85300000", "description": "Social work and related services"},
        "items": [{"id": "1", "deliveryAddresses": [{"region": "Varrowmere", "countryName": "Sample country"}]}],
        "value": {"amount": process.pounds, "currency": "GBP"},
        "procurementMethod": ("open", "selective", "limited", "direct")[process.place % 4],
        "procurementMethodDetails": "Invented procedure",
        "tenderPeriod": {"endDate": f"{closes}T12:00:00Z"},
        "suitability": {"sme": True, "vcse": process.place % 3 == 0},
        "mainProcurementCategory": "services",
    }
    if is_amended:
        tender["amendments"] = [{"id": "1", "description": "The closing day was moved"}]
    return tender


def _contract(process: Process, *, day: date, is_varied: bool) -> dict[str, Any]:
    begins = day + timedelta(days=21)
    contract: dict[str, Any] = {
        "id": f"{process.ocid}-contract-1",
        "awardID": _award_id(process),
        "status": "active",
        "value": {"amount": process.pounds, "currency": "GBP"},
        "dateSigned": f"{begins}T00:00:00Z",
        "period": {"startDate": f"{begins}T00:00:00Z", "endDate": f"{begins + timedelta(days=365 + 90 * is_varied)}T23:59:59Z"},
    }
    if is_varied:
        contract["amendments"] = [{"id": "1", "description": "The end was moved by three months"}]
    return contract


def _award(process: Process, *, day: date, factor: int) -> dict[str, Any]:
    if process.place == _BARE:
        return {"id": _award_id(process), "amendments": [{"id": "1", "description": "Corrected"}]}
    begins = day + timedelta(days=20)
    return {
        "id": _award_id(process),
        "status": "cancelled" if process.place == _CANCELLED else "active",
        "date": f"{_awarded_on(process)}T00:00:00Z",
        "datePublished": f"{day}T17:02:00Z",
        "value": {"amount": float("inf") if process.place == _ENDLESS else process.pounds * factor, "currency": "GBP"},
        "suppliers": [{"id": _party_id(process, place), "name": payee.name} for place, payee in enumerate(process.suppliers, start=1)],
        "contractPeriod": {"startDate": f"{begins}T00:00:00Z", "endDate": f"{begins + timedelta(days=365)}T23:59:59Z"},
        "documents": [{"id": "1", "documentType": "awardNotice", "url": f"{WEB}/Notice/{process.notice}", "format": "text/html", "language": "en"}],
    }


def _party(process: Process, place: int, payee: Payee) -> dict[str, Any]:
    identifier = {"legalName": payee.name}
    if payee.stage == "identifier":
        scheme, number = payee.organisation_id.rsplit("-", 1)
        identifier |= {"scheme": scheme, "id": number}
    elif payee.company_number:
        identifier |= {"scheme": "GB-COH", "id": payee.company_number}
    details = {"scale": ("micro", "sme", "large")[process.place % 3], "vcse": payee.is_voluntary}
    return {
        "id": _party_id(process, place),
        "name": payee.name,
        "identifier": identifier,
        "address": {"streetAddress": "2 Sample Street\nSampleton"},
        "details": details,
        "roles": ["supplier"],
    }


def _buyer(number: int, name: str, key: str) -> dict[str, Any]:
    """A buyer; departments carry their key on the register of government organisations, councils only a name."""
    identifier = {"legalName": name} | ({"scheme": "GB-GOR", "id": key} if key.startswith("D") else {})
    return {
        "id": f"GB-GOR-{key}" if key.startswith("D") else f"GB-CFS-{number}",
        "name": name,
        "identifier": identifier,
        "address": {"streetAddress": "Sample House", "locality": "Sampleton", "postalCode": "ZZ99 9ZZ", "countryName": "Sample country"},
        "contactPoint": {"name": CONTACT, "email": "petronel@sample.example", "telephone": "+44 2800000000"},
        "details": {"url": WEB},
        "roles": ["buyer"],
    }


def _party_id(process: Process, place: int) -> str:
    return f"GB-CFS-98{process.place:06}{place}"


def _award_id(process: Process) -> str:
    return f"{process.ocid}-1"


def _awarded_on(process: Process) -> date:
    return process.released_on - timedelta(days=12)


def _before(page: int) -> dict[str, Any]:
    publisher = {"name": "The sample country", "scheme": "GB-GOR", "uid": "D9801", "uri": WEB}
    return {
        "uri": f"{WEB}/Published/Notices/OCDS/Search?page={page}",
        "version": "1.1",
        "extensions": list(_EXTENSIONS),
        "publishedDate": "2034-06-30T22:10:19Z",
        "publisher": publisher,
    }


def _after(page: int) -> dict[str, Any]:
    return {"license": f"{WEB}/licence", "publicationPolicy": f"{WEB}/policy", "links": {"next": f"{WEB}/Published/Notices/OCDS/Search?cursor={page + 1}"}}
