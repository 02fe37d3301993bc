"""A small lake of an invented country, with rows in every public table, for any test that needs a whole one."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from opencompact.lake import Lake
from opencompact.publication import actions
from opencompact.registry import load_shapes

Rows = list[dict[str, Any]]

UNITY = "sample-department-for-unity"
TOWN = "sample-town-council"
SAMPLE = {"standing": "sample"}
CARERS, BOATS = "GB-CHC-sample-1", "GB-COH-sample-2"


def small_lake(folder: Path) -> Lake:
    """The lake in `folder`, made anew: the same rows every time, all of standing sample."""
    lake = Lake(folder, load_shapes())
    with lake.change() as change:
        for table, rows in sample_tables().items():
            change.put_rows(table, rows)
        actions.entries(change)
    return lake


def sample_tables() -> dict[str, Rows]:
    """The rows of every public table but the search entries."""
    empty: dict[str, Rows] = {name: [] for name, shape in load_shapes().items() if shape.visibility == "public" and name != "entries"}
    return {**empty, **_promised(), **_named(), **_recorded(), **_judged(), **_read()}


def _promised() -> dict[str, Rows]:
    promise = {"agreement": "sample-compact", "bound": "government", "test": "computed", "wording": "confirmed", "source_url": "https://example.org/compact"}
    return {
        "agreements": [
            {
                "agreement": "sample-compact",
                "title": "Sample Compact",
                "in_force_from": date(2030, 1, 1),
                "parties": "The Sample Government and the Sample Sector",
            }
        ],
        "undertakings": [
            {
                **promise,
                "undertaking": "sample-compact/1.1",
                "place": 1,
                "number": "1.1",
                "outcome": "Time to answer",
                "paraphrase": "Give twelve weeks to answer, or say why not.",
                "indicators": "sample-length",
            },
            {
                **promise,
                "undertaking": "sample-compact/1.2",
                "place": 2,
                "number": "1.2",
                "outcome": "Funding that lasts",
                "paraphrase": "Fund over several years where that is better value.",
                "cannot_yet": "No grant dates are held.",
            },
        ],
        "signs": [{"undertaking": "sample-compact/1.1", "place": 1, "sign": "warning", "text": "Short consultations over the summer.", "wording": "confirmed"}],
        "rule_sets": [
            {
                "rule_set": "sample-code",
                "title": "Sample code",
                "made_by": "government",
                "in_force_from": date(2030, 1, 1),
                "least_days": 84,
                "response_days": 84,
                "rule": "At least 84 days.",
            }
        ],
    }


def _named() -> dict[str, Rows]:
    organisation = {**SAMPLE, "is_voluntary": True, "on_register": True, "size_band": "small", "kind": "charity"}
    return {
        "bodies": [
            {**SAMPLE, "body": UNITY, "name": "Department for Unity", "kind": "ministerial_department", "history": UNITY},
            {**SAMPLE, "body": TOWN, "name": "Town Council of Nowhere", "kind": "local_authority", "history": TOWN},
        ],
        "organisations": [
            {**organisation, "organisation_id": CARERS, "name": "Café Carers of Nowhere", "income": Decimal("8000.00"), "other_ids": "GB-COH-sample-9"},
            {**organisation, "organisation_id": BOATS, "name": "Nowhere Boats Ltd", "is_voluntary": False, "kind": "company", "size_band": "not_held"},
            {**organisation, "organisation_id": "GB-CHC-sample-3", "name": "Never Paid Trust"},
        ],
        "organisation_history": _history(),
        "areas": [{**SAMPLE, "area": "E08980001", "name": "Nowhere", "kind": "Metropolitan Districts", "body": TOWN}],
        "area_figures": [{**_HISTORY, "area": "E08980001", "measure": "population", "year": 2031, "value": 1200.0}],
    }


_HISTORY = {**SAMPLE, "source": "sample-register", "source_file": "sample-register.csv", "source_row": 2}


def _history() -> Rows:
    """Carers, once called otherwise, which merged into a trust that merged back: a circle."""
    of = {**_HISTORY, "organisation_id": CARERS}
    merged = {**_HISTORY, "line": "event", "word": "merged_into"}
    return [
        {**of, "line": "name", "word": "main", "told": "Café Carers of Nowhere", "from_on": date(2020, 1, 1)},
        {**of, "line": "name", "word": "former", "told": "Tea Carers", "from_on": date(2010, 1, 1), "to_on": date(2019, 12, 31)},
        {**of, "line": "name", "word": "working", "told": "The Carers"},
        {**of, "line": "event", "word": "registered", "from_on": date(2010, 1, 1), "to_on": date(2010, 1, 1)},
        {**of, "line": "income", "from_on": date(2030, 4, 1), "to_on": date(2031, 3, 31), "income": Decimal(8000), "spending": Decimal(7000)},
        {**of, "line": "number", "word": "company", "other_id": "GB-COH-sample-9"},
        {**of, "line": "number", "word": "parent", "told": "Carers of the World", "other_id": "GB-CHC-sample-8"},
        {**merged, "organisation_id": CARERS, "told": "Sample Trust", "other_id": "GB-CHC-sample-7", "from_on": date(2033, 1, 1), "to_on": date(2033, 1, 1)},
        {**merged, "organisation_id": "GB-CHC-sample-7", "told": "Café Carers of Nowhere", "other_id": CARERS, "from_on": date(2034, 1, 1)},
        {**merged, "organisation_id": "GB-CHC-sample-7", "told": "Sample Housing", "from_on": date(2035, 1, 1)},
    ]


def _recorded() -> dict[str, Rows]:
    def origin(name: str, row: int) -> dict[str, Any]:
        return {**SAMPLE, "source": f"sample-{name}", "source_file": f"sample-{name}.csv", "source_row": row}

    paid = {"body": UNITY, "unit": "Grants office", "paid_on": date(2031, 7, 4), "paid_in_month": "2031-07", "is_card": False}
    contract = {
        "body": TOWN,
        "buyer_name": "Town Council of Nowhere",
        "ocid": "ocds-sample-1",
        "award_id": "1",
        "awarded_on": date(2031, 5, 6),
        "supplier_place": 1,
        "suppliers": 1,
    }
    window = {"body": UNITY, "bodies": UNITY, "kind": "consultation", "opened_on": date(2031, 7, 16), "sector_relevance": "unknown"}
    return {
        "payments": [
            {
                **paid,
                **origin("payments", 2),
                "payee_name": "Café Carers of Nowhere",
                "amount": Decimal("26000.50"),
                "organisation_id": CARERS,
                "link_stage": "exact",
            },
            {**paid, **origin("payments", 3), "payee_name": "withheld", "amount": Decimal("-310.00"), "link_stage": "none"},
            {**paid, **origin("payments", 4), "payee_name": "=Formula Ltd", "amount": Decimal("25000.00"), "link_stage": "none"},
        ],
        "grants": [
            {
                **origin("grants", 2),
                "grant_id": "sample-grant-1",
                "body": UNITY,
                "funder_name": "Department for Unity",
                "title": "Respite, for carers",
                "awarded_on": date(2031, 4, 1),
                "amount": Decimal("12000.00"),
                "months": 12.0,
                "recipient_name": "Café Carers of Nowhere",
                "has_identifier": True,
                "organisation_id": CARERS,
                "link_stage": "identifier",
            }
        ],
        "contracts": [
            {
                **contract,
                **origin("contracts", 1),
                "supplier_name": "Nowhere Boats Ltd",
                "amount": Decimal("90000.00"),
                "organisation_id": BOATS,
                "link_stage": "exact",
            }
        ],
        "consultations": [
            {
                **window,
                **origin("consultations", 2),
                "consultation_id": f"{UNITY}/water-2031",
                "title": "Water for all",
                "summary": 'We ask about "fair" water,\nfor villages and towns.',
                "closed_on": date(2031, 8, 27),
                "days_open": 42,
                "working_days": 29,
                "explanation": "none_found",
            },
            {
                **window,
                **origin("consultations", 3),
                "consultation_id": f"{UNITY}/halls-2031",
                "title": "Village halls",
                "closed_on": date(2031, 10, 9),
                "days_open": 85,
                "explanation": "not_needed",
            },
        ],
    }


def _judged() -> dict[str, Rows]:
    state = {"state": "computed, not yet put to the body"}
    measure = {"indicator": "sample-length", "body": UNITY}
    counts = {"cases": 2, "met": 1, "explained": 0, "unexplained": 1, "cannot_tell": 0}
    return {
        "consultation_verdicts": [
            {
                **state,
                "consultation_id": f"{UNITY}/water-2031",
                "rule_set": "sample-code",
                "verdict": "unexplained",
                "because": "42 days; 84 wanted; no explanation found.",
            },
            {**state, "consultation_id": f"{UNITY}/halls-2031", "rule_set": "sample-code", "verdict": "met", "because": "85 days; 84 wanted."},
        ],
        "indicators": [
            {
                "indicator": "sample-length",
                "title": "Length of consultations",
                "question": "How long are people given?",
                "why_it_matters": "Small charities need time.",
                "unit": "days",
                "better": "higher",
                "population": "Consultations.",
                "interval": "none",
                "not_enough_below": 2,
                "sql": "SELECT median(days_open) FROM consultations",
                "version": 1,
            }
        ],
        "measures": [
            {**measure, "period": "2031", "value": 63.5, "n": 2, "coverage": 1.0},
            {**measure, "period": "2032", "n": 0, "why_missing": "No consultations are held for this period."},
        ],
        "verdicts": [{**state, **counts, "undertaking": "sample-compact/1.1", "body": UNITY, "verdict": "unexplained", "because": "1 of 2 ran under 84 days."}],
        "money_sums": [
            {
                "record": "payments",
                "body": UNITY,
                "began": 2031,
                "link_stage": "exact",
                "is_voluntary": True,
                "rows": 1,
                "amount": Decimal(5),
                "size": Decimal(5),
            }
        ],
        "money_bands": [{"record": "payments", "size_band": "small", "organisations": 1, "rows": 1, "amount": Decimal(5), "median": Decimal(5)}],
        "coverage": [
            {"body": UNITY, "record": "payments", "month": "2031-07", "state": "held", "rows": 3},
            {"body": UNITY, "record": "payments", "month": "2031-08", "state": "not_held"},
        ],
    }


def _read() -> dict[str, Rows]:
    read = {**SAMPLE, "state": "read", "because": "Its header is that of the source.", "publisher": "Department for Unity", "licence": "OGL-UK-3.0"}
    names = ("payments", "grants", "contracts", "consultations")
    files = [
        {
            **read,
            "source_file": f"sample-{name}.csv",
            "source": f"sample-{name}",
            "title": f"Sample {name}",
            "url": f"https://example.org/{name}",
            "sha256": f"{place:064x}",
        }
        for place, name in enumerate(names, start=1)
    ]
    problem = {**SAMPLE, "source_file": "sample-payments.csv", "source_row": 5, "field": "Amount", "kind": "not_a_number", "consequence": "row_refused"}
    return {"sources": files, "arrivals": [], "problems": [{**problem, "found": "-lots", "expected": "an amount", "fix": "Write the amount in digits."}]}
