"""Rows of an invented country, enough to fill every page of the site; nothing in them is real."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from opencompact import __version__
from opencompact.lake import Lake
from opencompact.publication import actions
from opencompact.records.actions import publishing
from opencompact.registry import load_catalogue, load_shapes

Rows = list[dict[str, Any]]

BODIES = (
    ("department-for-examples", "Department for Examples", "department"),
    ("ministry-of-samples", "Ministry of Samples", "department"),
    ("office-for-instances", "Office for Instances", "department"),
    ("specimen-agency", "Specimen Agency", "executive_agency"),
    ("trial-standards-board", "Trial Standards Board", "non_departmental_body"),
    ("borough-of-nowhere", "Borough of Nowhere", "council"),
    ("department-for-older-examples", "Department for Older Examples", "department"),
    ("silent-office", "Silent Office", "department"),
)
TOPICS = (
    "Water meters",
    "Village halls",
    "School transport",
    "Library hours",
    "Ferry timetables",
    "Allotment rules",
    "Street names",
    "Playground safety",
    "Bus shelters",
    "Park benches",
)
CHARITIES = ("Nowhere Carers", "The Ford Trust", "Friends of the Long Wall", "Samplers United", "Old Mill Advice Centre", "Ash Grove Youth Club")
SAMPLE = {"standing": "sample"}
AT = datetime(2032, 3, 4, 9, tzinfo=UTC)


def tables(*, years: range = range(2028, 2032), a_year: int = 6, payments_a_month: int = 3, standing: str = "sample") -> Mapping[str, Rows]:
    """Every public table by name, the same each time for the same arguments."""
    chance = Random(7)
    consultations = _consultations(chance, years, a_year)
    verdicts = _consultation_verdicts(consultations)
    payments = _payments(chance, years, payments_a_month)
    grants = _grants(chance, years)
    made: dict[str, Rows] = {
        "bodies": _bodies(),
        "consultations": consultations,
        "consultation_verdicts": verdicts,
        "rule_sets": RULE_SETS,
        "payments": payments,
        "grants": grants,
        "contracts": _contracts(chance, years),
        "organisations": _organisations(),
        "organisation_history": _history(),
        "organisation_accounts": _accounts(years),
        "organisation_declarations": [
            {**_register(2), "organisation_id": "GB-COH-09900001", "declared": declared, "evidence": evidence, "rows": 1, "denied": 0}
            for declared, evidence in (("vcse", "notice-vcse"), ("sme", "notice-sme"))
        ]
        + [
            {
                **_register(3),
                "organisation_id": "GB-CHC-9900001",
                "declared": "social_enterprise",
                "evidence": "membership-list",
                "rows": 1,
                "denied": 0,
                "said_by": "Invented Register of Social Enterprises",
                "said_on": date(2031, 7, 1),
            }
        ],
        "disputed_links": [
            {
                "reference": "ABCD-2345",
                "organisation_id": row["organisation_id"],
                "received_on": date(2032, 2, 1),
                "record": record,
                "source_file": row["source_file"],
                "source_row": row["source_row"],
            }
            for record, rows in (("payments", payments), ("grants", grants))
            for row in [each for each in rows if each["organisation_id"] == "GB-CHC-9900001" and each["link_stage"] != "probable"][-1:]
        ],
        "areas": [{**SAMPLE, "area": "E08980001", "name": "Invented Town", "kind": "Metropolitan Districts"}],
        "area_figures": [{**_register(2), "area": "E08980001", "measure": "population", "year": 2031, "value": 1200.0}],
        "coverage": _coverage(chance, years),
        "arrivals": arrivals(),
        "sources": _sources(consultations, payments),
        "problems": _problems(),
        "publisher_files": _publisher_files(_sources(consultations, payments)),
        "publisher_quality": _publisher_quality(),
        "agreements": AGREEMENTS,
        "undertakings": _undertakings(),
        "signs": SIGNS,
        "indicators": INDICATORS,
        "measures": _measures(consultations),
        "verdicts": _verdicts(consultations, verdicts),
    }
    for rows in made.values():
        for row in rows:
            if row.get("standing") == "sample":
                row["standing"] = standing
    return made


def arrivals() -> Rows:
    """Three weeks of two live sources and one list: days that are whole, with gaps, unproved and not asked for."""
    first, asked = date(2032, 2, 10), datetime(2032, 3, 3, 7)  # noqa: DTZ001 - the lake keeps universal time without its zone
    whole = {"state": "complete", "because": "Two readings agree.", "offered": 12, "arrived": 12, "missing": 0}
    gaps = {
        "state": "gaps",
        "because": "Readings differ.",
        "offered": 12,
        "arrived": 11,
        "missing": 1,
        "missing_ids": "<b>000001-2032</b>",
        "fault_kinds": "web page",
    }
    alone = {"state": "not_offered_a_count", "because": "Only one reading.", "arrived": 4}
    unasked = {"state": "not_yet_asked", "because": "It was not asked for.", "arrived": 0}
    lost = {"state": "gaps", "because": "Throttled.", "arrived": 2}
    rows = []
    for source, title in (("sample-notices", "Sample notices"), ("find-a-tender", "Sample tenders")):
        for number in range(21):
            told = {3: gaps, 9: lost, 15: alone}.get(number, unasked if number > 18 else whole)
            rows.append({"source": source, "title": title, "day": first + timedelta(days=number), **told})
    rows.append({"source": "sample-list", "title": "Sample list", "day": date(2032, 3, 1), **whole})
    return [{"differing": 0, "repeated": 0, "readings": 2, "faults": 0, "first_asked_at": asked, "last_asked_at": asked, **row} for row in rows]


def build(workspace: Path, **given: Any) -> Path:
    """A workspace with a draft release of the invented country."""
    lake = Lake(workspace / "lake", load_shapes())
    empty: Mapping[str, Rows] = {name: [] for name, shape in lake.shapes.items() if shape.visibility == "public"}
    with lake.change() as change:
        for table, rows in {**empty, **tables(**given)}.items():
            change.put_rows(table, rows)
        publishing.publish_sums(change)
        actions.entries(change)
    actions.draft(lake, folder=workspace / "releases", at=AT, version=__version__, catalogue=load_catalogue())
    return workspace


def _bodies() -> Rows:
    rows: Rows = [{"body": slug, "name": name, "kind": kind, "history": slug, **SAMPLE} for slug, name, kind in BODIES]
    rows[0].update(predecessors="department-for-older-examples", started_on="2029-04-01")
    rows[6].update(successors="department-for-examples", history="department-for-examples", ended_on="2029-03-31")
    return rows


def _origin(file: str, row: int, source: str) -> dict[str, Any]:
    return {"source": source, "source_file": file, "source_row": row, **SAMPLE}


def _consultations(chance: Random, years: range, a_year: int) -> Rows:
    rows: Rows = []
    for year in years:
        for place, (slug, name, _) in enumerate(BODIES[:7]):
            if (slug == "department-for-older-examples") == (year >= 2029) and slug in ("department-for-older-examples", "department-for-examples"):
                continue
            for number in range(max(1, a_year - place)):
                rows.append(_consultation(chance, len(rows), year, slug, name, number))
    return rows


def _consultation(chance: Random, place: int, year: int, slug: str, name: str, number: int) -> dict[str, Any]:
    days = chance.choice((14, 28, 30, 42, 42, 56, 70, 83, 84, 84, 84, 85, 91, 98, 120, 200)) if place % 17 != 5 else None
    opened = date(year, 1, 1) + timedelta(days=chance.randrange(0, 300))
    closed = opened + timedelta(days=days) if days is not None else None
    moved = closed - timedelta(days=7) if closed and place % 9 == 2 else None
    topic = TOPICS[(place * 7 + number) % len(TOPICS)]
    short = days is not None and days < 84
    explanation = ("given", "none_found", "none_found", "not_held")[place % 4] if short else "not_needed" if days else None
    response = ("in_time", "late", "overdue", "not_held", "published_on_unknown_day")[place % 5] if closed else "not_held"
    title = f"{topic} in the {year} season" if place % 23 else f'=HYPERLINK("x") <b>{topic}</b> & more'
    return {
        "consultation_id": f"{slug}/{topic.lower().replace(' ', '-')}-{year}-{place}",
        "body": slug,
        "title": title,
        "url": f"https://example.org/consultations/{place}",
        "kind": "call_for_evidence" if place % 8 == 3 else "consultation",
        "opened_on": opened,
        "closed_on": closed,
        "first_closed_on": moved,
        "days_open": days,
        "responded_on": closed + timedelta(days=60 if response == "in_time" else 140) if closed and response in ("in_time", "late") else None,
        "summary": f"{name} asks what people think of {topic.lower()}.",
        "documents": place % 3,
        "documents_read": 0,
        "read_on": date(2032, 3, 3),
        "working_days": days * 5 // 7 if days else None,
        "holiday_days": 19 if days and opened.month == 7 else (0 if days else None),
        "holidays": "August 2031 (19 days)" if days and opened.month == 7 else None,
        "response_due_on": closed + timedelta(days=84) if closed else None,
        "response_state": response,
        "sector_relevance": "yes" if place % 3 == 0 else "unknown",
        "relevance_quote": "charities and voluntary groups" if place % 3 == 0 else None,
        "explanation": explanation,
        "explanation_quote": "A shorter period is needed so that the new timetable can start in the autumn." if explanation == "given" else None,
        "explanation_found_in": "the page" if explanation == "given" else "the page's text; 0 of 2 documents" if short else None,
        "softened_by": "Three drop-in events were held. | Replies by telephone were taken." if place % 6 == 1 else None,
        **_origin(f"consultations/{slug}.csv", place + 2, "sample-consultations"),
    }


RULE_SETS: Rows = [
    {
        "rule_set": "code-2008",
        "title": "Code of Practice on Consultation",
        "made_by": "government",
        "in_force_from": date(2027, 1, 1),
        "in_force_to": date(2029, 7, 16),
        "least_days": 84,
        "rule": "At least 12 weeks.",
        "dates_note": "Month known, day taken as the first.",
        "source_url": "https://example.org/code",
    },
    {
        "rule_set": "principles-2012",
        "title": "Consultation Principles",
        "made_by": "government",
        "in_force_from": date(2029, 7, 17),
        "least_days": 14,
        "usual_most_days": 84,
        "response_days": 84,
        "rule": "Between 2 and 12 weeks, in proportion.",
    },
    {
        "rule_set": "compact-2010",
        "title": "The Compact",
        "made_by": "compact",
        "in_force_from": date(2027, 1, 1),
        "least_days": 84,
        "rule": "12 weeks where appropriate, else explain.",
    },
]


def _graded(row: Mapping[str, Any], least: int) -> tuple[str, str]:
    if row["kind"] != "consultation":
        return "not_applicable", "The body called it a call for evidence; the rule is on consultations."
    days = row["days_open"]
    if days is None:
        return "cannot_tell", "The file gives no closing date."
    if days >= least:
        return "met", f"Open {days} days; {least} wanted."
    word = {"given": "explained", "none_found": "unexplained"}.get(row["explanation"], "cannot_tell")
    return word, f"Open {days} days; {least} wanted; {least - days} short."


def _consultation_verdicts(consultations: Rows) -> Rows:
    rows: Rows = []
    for row in consultations:
        for rules in RULE_SETS:
            if rules["in_force_from"] <= row["opened_on"] <= rules.get("in_force_to", date(2099, 1, 1)):
                verdict, because = _graded(row, rules["least_days"])
                rows.append(
                    {
                        "consultation_id": row["consultation_id"],
                        "rule_set": rules["rule_set"],
                        "verdict": verdict,
                        "because": because,
                        "state": "computed, not yet put to the body",
                    }
                )
    return rows


def _payee(chance: Random, place: int) -> dict[str, Any]:
    which = place % 5
    if which == 0:
        number = chance.randrange(len(CHARITIES))
        return {
            "payee_name": CHARITIES[number].upper(),
            "organisation_id": f"GB-CHC-990000{number}",
            "link_stage": ("exact", "identifier", "reviewed")[number % 3],
        }
    if which == 1:
        return {"payee_name": "Invented Works Ltd", "organisation_id": "GB-COH-09900001", "link_stage": "identifier"}
    if which == 2:
        return {"payee_name": "withheld", "organisation_id": None, "link_stage": "none"}
    if which == 3:
        return {"payee_name": "Made Up Supplies Limited", "organisation_id": None, "link_stage": "none"}
    return {"payee_name": "Guessed Care CIO", "organisation_id": "GB-CHC-9900003", "link_stage": "probable"}


def _payments(chance: Random, years: range, a_month: int) -> Rows:
    rows: Rows = []
    for slug in (BODIES[0][0], BODIES[5][0]):
        for year in years:
            for month in range(1, 13):
                if (slug, year, month) == (BODIES[0][0], years[0], 5):
                    continue
                for number in range(a_month):
                    place = len(rows)
                    amount = Decimal(chance.randrange(50_000, 9_000_000)) / 100 * (-1 if place % 29 == 11 else 1)
                    rows.append(
                        {
                            "body": slug,
                            "paid_on": date(year, month, 1 + number % 28),
                            "paid_in_month": f"{year}-{month:02}",
                            "amount": amount,
                            "is_card": False,
                            **_payee(chance, place),
                            **_origin(f"spend/{slug}-{year}.csv", place + 2, "sample-spend"),
                        }
                    )
    return rows


def _grants(chance: Random, years: range) -> Rows:
    rows: Rows = []
    for place in range(len(years) * 8):
        payee = _payee(chance, place)
        rows.append(
            {
                "grant_id": f"360G-sample-{place}",
                "body": BODIES[1][0],
                "funder_name": BODIES[1][1],
                "title": f"Grant for {TOPICS[place % len(TOPICS)].lower()}",
                "awarded_on": date(years[place % len(years)], 1 + place % 12, 3),
                "amount": Decimal(chance.randrange(1_000, 300_000)),
                "months": float(6 + place % 40),
                "recipient_name": payee["payee_name"],
                "has_identifier": place % 3 == 0,
                "organisation_id": payee["organisation_id"],
                "link_stage": payee["link_stage"],
                **_origin("grants/ministry.xlsx", place + 2, "sample-grants"),
            }
        )
    return rows


def _contracts(chance: Random, years: range) -> Rows:
    rows: Rows = []
    for place in range(len(years) * 5):
        payee = _payee(chance, place)
        amount = Decimal(chance.randrange(10_000, 900_000))
        rows.append(
            {
                "ocid": f"ocds-sample-{place}",
                "award_id": "1",
                "supplier_place": 1,
                "body": BODIES[5][0],
                "buyer_name": BODIES[5][1],
                "title": f"{TOPICS[place % len(TOPICS)]} service",
                "awarded_on": date(years[place % len(years)], 1 + place % 12, 9),
                "amount": amount,
                "award_amount": amount,
                "suppliers": 1,
                "supplier_name": payee["payee_name"],
                "organisation_id": payee["organisation_id"],
                "link_stage": payee["link_stage"],
                **_origin("contracts/notices.json", place + 1, "sample-contracts"),
            }
        )
    return rows


def _organisations() -> Rows:
    bands = ("micro", "small", "medium", "large", "not_held", "small")
    rows: Rows = [
        {
            "organisation_id": f"GB-CHC-990000{number}",
            "name": name,
            "kind": "charity",
            "kind_because": "It is on a charity register.",
            "is_voluntary": True,
            "size_band": bands[number],
            "income": None if bands[number] == "not_held" else Decimal(10_000 * (number + 1)),
            "income_year_ends_on": None if bands[number] == "not_held" else date(2031, 3, 31),
            "on_register": True,
            **SAMPLE,
        }
        for number, name in enumerate(CHARITIES)
    ]
    rows.append(
        {
            "organisation_id": "GB-COH-09900001",
            "name": "Invented Works Ltd",
            "kind": "company",
            "is_voluntary": False,
            "size_band": "not_held",
            "on_register": False,
            **SAMPLE,
        }
    )
    return rows


def _register(row: int) -> dict[str, Any]:
    return {**SAMPLE, "source": "invented-register", "source_file": "invented-register.csv", "source_row": row}


def _accounts(years: range) -> Rows:
    """Three charities with accounts of every year but the last; of the others none."""
    bands = (("micro", 9_000), ("medium", 400_000), ("large", 2_000_000))
    return [
        {
            **_register(2),
            "organisation_id": f"GB-CHC-990000{number}",
            "from_on": date(year, 1, 1),
            "to_on": date(year, 12, 31),
            "income": Decimal(income),
            "size_band": band,
        }
        for year in years[:-1]
        for number, (band, income) in enumerate(bands)
    ]


def _history() -> Rows:
    """The first charity: its names, accounts, numbers, areas, more classes than a page shows, and what it became."""
    of = {**_register(2), "organisation_id": "GB-CHC-9900001"}
    return [
        {**of, "line": "name", "word": "main", "told": CHARITIES[1], "from_on": date(2020, 1, 1)},
        {**of, "line": "name", "word": "former", "told": "Formerly Invented Friends", "from_on": date(2010, 1, 1), "to_on": date(2019, 12, 31)},
        {**of, "line": "name", "word": "working", "told": "The Invented"},
        {**of, "line": "event", "word": "registered", "from_on": date(2010, 1, 1), "to_on": date(2010, 1, 1)},
        {
            **of,
            "line": "event",
            "word": "merged_into",
            "told": "Invented Successors",
            "other_id": "GB-CHC-9900002",
            "from_on": date(2031, 6, 1),
            "to_on": date(2031, 6, 1),
        },
        {
            **of,
            "line": "income",
            "from_on": date(2013, 4, 1),
            "to_on": date(2014, 3, 31),
            "income": Decimal(20_000),
            "spending": Decimal(19_000),
            "government_grants": Decimal(5_000),
        },
        {**of, "line": "number", "word": "parent", "told": "Invented Federation", "other_id": "GB-CHC-9900008"},
        {**of, "line": "area", "word": "scale", "told": "Local"},
        {**of, "line": "class", "word": "icnptso", "told": "A11"},
        {**of, "line": "class", "word": "ccni", "told": "Counselling"},
        *({**of, "line": "class", "word": "invented", "told": f"X{number:02}: Invented class {number}"} for number in range(45)),
    ]


def _coverage(chance: Random, years: range) -> Rows:
    rows: Rows = []
    for slug, _, _ in (BODIES[0], BODIES[5]):
        for year in years:
            for month in range(1, 13):
                missing = slug == BODIES[0][0] and year == years[0] and month == 5
                rows.append(
                    {"body": slug, "record": "payments", "month": f"{year}-{month:02}", "state": "not_held" if missing else "held", "rows": 0 if missing else 3}
                )
    for year in years:
        for month in range(1, 13):
            held = chance.random() > 0.2
            rows.append(
                {
                    "body": BODIES[1][0],
                    "record": "grants",
                    "month": f"{year}-{month:02}",
                    "state": "held" if held else "not_published",
                    "rows": 1 if held else 0,
                }
            )
    return rows


def _source(name: str, table: str, found: int, **more: Any) -> dict[str, Any]:  # values of any column
    return {
        "source_file": name,
        "source": f"sample-{table}",
        "title": f"Invented {table}",
        "publisher": "The invented country",
        "licence": "OGL v3",
        "url": f"https://example.org/files/{name}",
        "state": "read",
        "because": "Its header is that of the source.",
        "sha256": "a" * 64,
        "bytes": 1234,
        "encoding": "utf-8",
        "table_name": table,
        "rows_found": found,
        "rows_loaded": found,
        "rows_refused": 0,
        "rows_blank": 0,
        **SAMPLE,
        **more,
    }


def _sources(consultations: Rows, payments: Rows) -> Rows:
    rows: Rows = []
    for table, held in (("consultations", consultations), ("payments", payments)):
        for name in sorted({row["source_file"] for row in held}):
            rows.append(_source(name, table, sum(row["source_file"] == name for row in held)))
    rows.append(_source("grants/ministry.xlsx", "grants", 32, rows_refused=1))
    rows.append(_source("contracts/notices.json", "contracts", 20))
    rows.append(
        _source(
            "spend/copy of <spend>.csv",
            "payments",
            0,
            state="copy",
            because="It has the same bytes as another file.",
            copy_of="spend/borough-of-nowhere-2028.csv",
        )
    )
    rows.append({"source_file": "notes/holiday photo.png", "state": "unused", "because": "No source reads files of this kind."})
    return rows


def _publisher_files(sources: Rows) -> Rows:
    rows: Rows = []
    for row in sources:
        for slug, name, _ in BODIES:
            record, folder = ("consultations", "consultations/") if slug == BODIES[1][0] else ("payments", "spend/")
            if slug in (row.get("copy_of") or row["source_file"]) and row["source_file"].startswith(folder):
                rows.append({"source_file": row["source_file"], "publisher": slug, "name": name, "record": record, "state": row["state"], **SAMPLE})
    return rows


def _publisher_quality() -> Rows:
    """Two publishers of payments, one of which no day of publication is known, and one of pages alone."""
    payments = (("files-read", "Files that could be read"), ("with-identifier", "Rows with a number of the payee"), ("with-both-days", "Rows with both days"))
    rows: Rows = []
    for body, places in ((BODIES[0], (4, 3, 0)), (BODIES[5], (5, 1, 2)), (BODIES[1], (2,))):
        record = "consultations" if len(places) == 1 else "payments"
        for place, ((measure, title), numerator) in enumerate(zip(payments, places, strict=False), start=1):
            unknown = measure == "with-both-days" and not numerator
            rows.append(
                {
                    "publisher": body[0],
                    "name": body[1],
                    "record": record,
                    "place": place,
                    "measure": measure,
                    "title": title,
                    "numerator": numerator,
                    "denominator": 5,
                    "share": numerator / 5,
                    "median_days": 21.0 if measure == "with-both-days" and numerator else None,
                    "why_missing": "no file of it says on which day it was published" if unknown else None,
                    **SAMPLE,
                }
            )
    return rows


def _problems() -> Rows:
    file = f"spend/{BODIES[5][0]}-2028.csv"
    fix = "Write it in the form expected."
    return [
        {
            "source_file": file,
            "source_row": 4,
            "field": "Payment Date",
            "found": "2028-09-31",
            "expected": "a day",
            "kind": "no_such_date",
            "consequence": "value_missing",
            "fix": fix,
            **SAMPLE,
        },
        {
            "source_file": file,
            "source_row": 9,
            "field": "Amount",
            "found": "N/A",
            "expected": "an amount",
            "kind": "not_an_amount",
            "consequence": "row_refused",
            "fix": fix,
            **SAMPLE,
        },
        {
            "source_file": file,
            "field": None,
            "found": "cp1252",
            "expected": "utf-8",
            "kind": "encoding",
            "consequence": "repaired",
            "fix": "Save the file as UTF-8.",
            **SAMPLE,
        },
    ]


AGREEMENTS: Rows = [
    {
        "agreement": "compact-2010",
        "title": "The Compact (2010)",
        "in_force_from": date(2027, 1, 1),
        "parties": "Government and voluntary organisations",
        "source_url": "https://example.org/compact",
    },
    {
        "agreement": "covenant",
        "title": "The Covenant",
        "in_force_from": date(2031, 7, 1),
        "parties": "Government and civil society",
        "note": "Its wording has not been checked.",
    },
]
SIGNS: Rows = [
    {"undertaking": "covenant/1", "place": 1, "sign": "progress", "text": "Groups are asked early.", "wording": "confirmed"},
    {"undertaking": "covenant/1", "place": 2, "sign": "warning", "text": "Groups keep quiet for fear of losing money.", "wording": "unconfirmed"},
]


def _undertaking(number: str, place: int, outcome: str, **more: Any) -> dict[str, Any]:  # values of any column
    return {
        "undertaking": f"compact-2010/{number}",
        "agreement": "compact-2010",
        "place": place,
        "number": number,
        "outcome": outcome,
        "bound": "government",
        "paraphrase": f"Keep promise {number}.",
        "test": "judgement",
        "wording": "unconfirmed",
        "cannot_yet": "It needs evidence and a named assessor.",
        **more,
    }


def _undertakings() -> Rows:
    first, second = "A strong and independent sector", "Better policies and services"
    rows = [_undertaking(f"1.{number}", number, first) for number in range(1, 9)]
    rows[6]["bound"] = rows[7]["bound"] = "sector"
    rows += [_undertaking(f"2.{number}", 8 + number, second) for number in range(1, 8)]
    rows[11].update(
        paraphrase="Give early notice of consultations, hold them for 12 weeks where appropriate, and explain shorter ones.",
        test="computed",
        wording="confirmed",
        cannot_yet=None,
        indicators="consultation-length;consultations-under-12-weeks",
        kin="covenant/1",
        source_url="https://example.org/compact",
    )
    rows[12].update(paraphrase="Tell people what became of their answers.", test="both", cannot_yet=None, indicators="responses-in-time")
    rows.append(
        {
            **_undertaking("1", 1, "Voice"),
            "undertaking": "covenant/1",
            "agreement": "covenant",
            "bound": "both",
            "kin": "compact-2010/2.4",
            "paraphrase": "Involve people early.",
        }
    )
    return rows


def _indicator(slug: str, title: str, question: str, unit: str, interval: str) -> dict[str, Any]:
    return {
        "indicator": slug,
        "title": title,
        "question": question,
        "why_it_matters": "Small groups need time to ask their members.",
        "tests": "compact-2010/2.4",
        "unit": unit,
        "better": "lower" if unit == "share" else "neither",
        "population": "Consultations with an opening and a closing date.",
        "denominator": "All of them.",
        "interval": interval,
        "not_enough_below": 5,
        "sql": "SELECT body, amount\nFROM payments" if unit == "pounds" else "SELECT body, days_open\nFROM consultations\nWHERE days_open < 84",
        "version": 1,
    }


INDICATORS: Rows = [
    _indicator("consultations-under-12-weeks", "Short consultations", "How many consultations ran under 12 weeks?", "share", "wilson"),
    _indicator("consultation-length", "Length of consultations", "How long were consultations open?", "days", "order_statistics"),
    {**_indicator("publication-coverage", "Months held", "How much of the record is held?", "share", "none"), "sql": "SELECT body FROM coverage"},
    _indicator("payments-to-voluntary", "Payments to voluntary organisations", "How much was paid to voluntary organisations?", "pounds", "none"),
]


def _measures(consultations: Rows) -> Rows:
    rows: Rows = []
    asked = [row for row in consultations if row["days_open"] is not None]
    for body in ("all", *(slug for slug, _, _ in BODIES)):
        own = [row for row in asked if body in ("all", row["body"])]
        periods = {"all", *(str(row["opened_on"].year) for row in own), *(_quarter(row["opened_on"]) for row in own)}
        for period in sorted(periods):
            held = [row for row in own if period in ("all", str(row["opened_on"].year), _quarter(row["opened_on"]))]
            hits = sum(row["days_open"] < 84 for row in held)
            rows.append(_share(body, period, hits, len(held)))
            lengths = sorted(row["days_open"] for row in held)
            median = float(lengths[len(lengths) // 2]) if len(lengths) >= 5 else None
            rows.append(
                {
                    "indicator": "consultation-length",
                    "body": body,
                    "period": period,
                    "value": median,
                    "n": len(lengths),
                    "why_missing": None if median else "Too few to say.",
                }
            )
    rows.append({"indicator": "publication-coverage", "body": "all", "period": "all", "value": 0.9, "n": 100})
    rows.append({"indicator": "payments-to-voluntary", "body": BODIES[0][0], "period": "2028/29", "value": 3456.0, "n": 10})
    rows.append({"indicator": "payments-to-voluntary", "body": BODIES[0][0], "period": "all", "value": 123456.0, "n": 40, "coverage": 0.6})
    return rows


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _share(body: str, period: str, hits: int, n: int) -> dict[str, Any]:
    row = {"indicator": "consultations-under-12-weeks", "body": body, "period": period, "n": n, "hits": hits}
    if n < 5:
        return {**row, "why_missing": "Too few to say."}
    share = hits / n
    return {**row, "value": share, "low": max(0.0, share - 0.4 / n**0.5), "high": min(1.0, share + 0.4 / n**0.5), "coverage": 0.9}


def _verdicts(consultations: Rows, graded: Rows) -> Rows:
    of = {row["consultation_id"]: row["verdict"] for row in graded if row["rule_set"] == "compact-2010"}
    rows: Rows = []
    for slug, _, _ in BODIES[:7]:
        words = [of[row["consultation_id"]] for row in consultations if row["body"] == slug and row["consultation_id"] in of]
        if words:
            rows.append(_verdict("compact-2010/2.4", slug, words))
            rows.append(_verdict("compact-2010/2.5", slug, ["cannot_tell"] * len(words)))
    return rows


def _verdict(undertaking: str, body: str, words: list[str]) -> dict[str, Any]:
    counts = {word: words.count(word) for word in ("met", "explained", "unexplained", "cannot_tell")}
    verdict = next((word for word in ("unexplained", "cannot_tell", "explained") if counts[word]), "met")
    because = f"Of {sum(counts.values())} consultations {counts['met']} ran 12 weeks or more; {counts['unexplained']} did not and no reason was found."
    return {
        "undertaking": undertaking,
        "body": body,
        "verdict": verdict,
        "because": because,
        "cases": sum(counts.values()),
        "state": "computed, not yet put to the body",
        **counts,
    }
