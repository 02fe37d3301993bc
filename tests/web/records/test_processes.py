from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web import invented

from opencompact.lake import Lake
from opencompact.publication import actions
from opencompact.records.actions import publishing
from opencompact.registry import load_catalogue, load_shapes
from opencompact.web import showing
from opencompact.web.records.processes import PAGE, picture_of

FILE = "notices/sample.json"
OCID = "ocds-sample/1"
WHOLE = {
    "ocid": OCID,
    "body": "department-for-examples",
    "buyer_name": "Department for Examples",
    "bodies": "department-for-examples;sample-board",
    "buyers": 2,
    "title": "Sample ferry <service>",
    "kind": "framework",
    "procurement_method_details": "Open procedure",
    "legal_basis": "UKPGA 2023/54",
    "opens_on": date(2031, 4, 14),
    "opens_from": "published",
    "closes_on": date(2031, 5, 21),
    "days_open": 37,
    "early_on": date(2031, 3, 3),
    "tender_amount": Decimal(120_000),
    "tender_amount_is_gross": True,
    "tender_currency": "GBP",
    "suitable_for_vcse": True,
    "has_subcontracting": False,
    "contract_ends_on": date(2032, 7, 31),
    "ended_on": date(2032, 5, 2),
    "ending": "ended_with_notice",
    "lots": 2,
    "amendments": 3,
    "awards": 1,
    "awards_gross_only": 1,
    "releases": 3,
    "first_on": date(2031, 3, 3),
    "last_on": date(2032, 5, 2),
}
BARE = {"ocid": "ocds-sample/2", "kind": "contract", "buyers": 0, "lots": 0, "amendments": 0, "awards": 0, "awards_gross_only": 0, "releases": 1}


def origin(row):
    return {"source": "find-a-tender", "standing": "sample", "source_file": FILE, "source_row": row}


def records():
    others = [{**BARE, "ocid": f"ocds-sample/{number}", "title": f"Sample {number}", "last_on": date(2030, 1, 1)} for number in range(10, 10 + PAGE)]
    abroad = {
        **BARE,
        "ocid": "ocds-sample/3",
        "tender_amount": Decimal(5),
        "tender_currency": "AED",
        "cancelled_on": date(2031, 1, 1),
        "opens_on": date(2031, 1, 1),
    }
    notice = {"ocid": OCID, "published_on": date(2031, 3, 3), "tags": "planning"}
    lot = {"ocid": OCID, "lot_id": "1"}
    return {
        "processes": [{**row, **origin(place)} for place, row in enumerate((WHOLE, BARE, abroad, *others), start=1)],
        "notices": [
            {**notice, "place": 1, "kind": "UK2", "does": "early", "document_id": "980001-2031", "url": "https://notices.sample.example/1", **origin(1)},
            {**notice, "place": 2, "kind": "tender", "does": "opens", "published_on": date(2031, 4, 14), **origin(2)},
            {**notice, "place": 3, "kind": None, "published_on": None, **origin(3)},
        ],
        "lots": [
            {**lot, "title": "Summer", "amount": Decimal(70_000), "currency": "GBP", "suitable_for_vcse": True, **origin(2)},
            {**lot, "lot_id": "2", "amount": Decimal(9), "currency": "AED", **origin(2)},
            {**lot, "lot_id": None, **origin(2)},
        ],
        "contracts": [
            {
                "ocid": OCID,
                "award_id": "1",
                "body": "department-for-examples",
                "supplier_place": place,
                "supplier_name": name,
                "organisation_id": known,
                "amount": Decimal(30_000),
                "award_amount": Decimal(60_000),
                "amount_is_gross": True,
                "suppliers": 2,
                "title": "Ferry, summer",
                "awarded_on": date(2031, 7, 20),
                "starts_on": date(2031, 8, 1),
                "link_stage": "exact" if known else "none",
                **origin(3),
            }
            for place, name, known in ((1, "Nowhere Carers", "GB-CHC-980001"), (2, "withheld", None))
        ],
    }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("processes")
    lake = Lake(folder / "lake", load_shapes())
    empty = {name: [] for name, shape in lake.shapes.items() if shape.visibility == "public"}
    with lake.change() as change:
        for table, rows in {**empty, **invented.tables(), **records()}.items():
            change.put_rows(table, rows)
        publishing.publish_sums(change)
        actions.entries(change)
    actions.draft(lake, folder=folder / "releases", at=invented.AT, version="0", catalogue=load_catalogue())
    yield folder
    showing._open.clear()


@pytest.fixture
def site(workspace: Path, settings) -> Client:
    settings.OPENCOMPACT_WORKSPACE = workspace
    cache.clear()
    return Client()


def page(site, address):
    answer = site.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_process_says_how_long_suppliers_had_and_what_came_of_it(site):
    shown = page(site, f"/contracts/processes/{OCID}/")
    assert "Sample ferry &lt;service&gt;: what was bought, and how?" in shown
    assert "Suppliers had <strong>37 days</strong> to answer." in shown
    assert "A notice told them of the plan on 3 March 2031, before the tender." in shown
    assert "1 award was made, <strong>£60,000</strong> in all." in shown
    assert "A notice says that a contract has ended." in shown
    assert "with 1 other buyer" in shown


def test_every_figure_of_a_process_opens_to_its_row(site):
    shown = page(site, f"/contracts/processes/{OCID}/")
    assert [shown.count(f"/row/?file=notices%2Fsample.json&amp;row={row}") for row in (1, 2, 3)] == [2, 4, 3]


def test_notices_are_named_and_lead_to_where_they_were_published(site):
    shown = page(site, f"/contracts/processes/{OCID}/")
    assert '<a href="https://notices.sample.example/1" rel="noreferrer">Preliminary market engagement notice</a>' in shown
    assert "UK2, 980001-2031" in shown
    assert '<th scope="row">3. Of a kind that is not told</th><td>not held</td>' in shown


def test_values_say_their_currency_and_tax(site):
    shown = page(site, f"/contracts/processes/{OCID}/")
    assert "£120,000, with tax: no value without it is published" in shown
    assert "9.00 AED" in shown
    assert "5.00 AED" in page(site, "/contracts/processes/ocds-sample/3/")


def test_names_that_may_be_of_people_stay_withheld(site):
    assert '<th scope="row">withheld</th>' in page(site, f"/contracts/processes/{OCID}/")


def test_process_of_which_little_is_held_says_so(site):
    shown = page(site, "/contracts/processes/ocds-sample/2/")
    assert "How long suppliers had to answer is not known from the notices held." in shown
    assert "No award is held." in shown
    assert "bought by a buyer that is not named" in shown
    assert "<svg" in shown.split("<h1>")[0]
    assert 'class="picture"' not in shown


def test_cancelled_process_says_so(site):
    shown = page(site, "/contracts/processes/ocds-sample/3/")
    assert "It was cancelled on 1 January 2031." in shown
    assert "No notice before the tender is held." in shown


def test_process_that_is_not_held_is_not_found(site):
    assert site.get("/contracts/processes/nothing/").status_code == 404


def test_list_has_the_latest_first_and_pages_hold_everything_once(site):
    first, second = page(site, "/contracts/processes/"), page(site, "/contracts/processes/?page=2")
    assert "<strong>53 procurement processes are</strong> held" in first
    assert "half gave suppliers 37 days or less" in first
    assert "Before 1 of 2 tenders a notice told suppliers of the plan." in first
    assert first.index(f"/contracts/processes/{OCID}/") < first.index("/contracts/processes/ocds-sample/10/")
    assert [shown.count('<th scope="row"><a href="/contracts/processes/') for shown in (first, second)] == [50, 3]


@pytest.mark.parametrize(
    ("query", "held"), [("q=FERRY", 1), ("kind=framework", 1), ("body=department-for-examples", 1), ("q=nothing+such", 0), ("kind=odd", 53)]
)
def test_list_can_be_narrowed(site, query, held):
    shown = page(site, f"/contracts/processes/?{query}")
    said = f"<strong>{held} procurement process{' is' if held == 1 else 'es are'}</strong> held" if held else "No procurement process fits."
    assert said in shown


def test_contracts_of_the_spend_page_lead_to_processes(site):
    assert '<a href="/contracts/processes/">' in page(site, "/spend/")


def test_picture_leaves_out_spells_without_both_ends():
    row = {**WHOLE, "starts_on": date(2033, 1, 1)}
    picture = picture_of(row, [])
    said = "Open for tenders from 14 April 2031 to 21 May 2031: 37 days."
    assert (picture.title.replace("\u00a0", " "), picture.says) == (
        "0 notices, open for tenders for 37 days",
        said,
    )
