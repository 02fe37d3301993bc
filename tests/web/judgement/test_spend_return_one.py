"""One body's return of spending: its lines, range, target history, filing and sign-off, its files, and who may do what on its page."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from tests.office import client
from tests.web.judgement.test_spend_returns import BODY, CARD, body, target, words

from opencompact.judgement.models import SpendFiling, SpendSignOff, SpendTarget

pytestmark = pytest.mark.django_db
YEAR = 2029
PAGE = f"/spend-returns/ppn-001/{BODY}/{YEAR}/"


@pytest.fixture
def ended(settings, site: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The site in a year when those of the invented record have ended, as the real clock has not come so far."""
    later = timezone.now().replace(year=2033)
    monkeypatch.setattr("opencompact.web.office.timezone.now", lambda: later)
    return site


def table(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))


def values(browser: Client, address: str = PAGE) -> dict[str, str]:
    return {row["field"]: row["value_today"] for row in table(browser.get(f"{address}?format=csv"))}


def test_lines_add_up_and_the_range_is_what_the_unidentified_could_change(site: Client) -> None:
    held = values(site)
    rows = table(site.get(f"{PAGE}?format=rows"))
    sums = {kind: sum(Decimal(row["amount"]) for row in rows if row["is_voluntary"] == kind) for kind in ("True", "False", "")}
    total = sum(sums.values())
    assert (Decimal(held["vcse"]), Decimal(held["unidentified"]), Decimal(held["total"])) == (sums["True"], sums[""], total)
    likely = sum(Decimal(row["amount"]) for row in rows if row["is_voluntary"] == "True" and row["link_stage"] == "probable")
    assert float(held["share"]) == pytest.approx(float((sums["True"] - likely) / total), abs=1e-6)
    assert sum(Decimal(held[name]) for name in ("by_number", "by_name", "by_person", "probable")) == Decimal(held["vcse"])
    assert float(held["most"]) == pytest.approx(float((sums["True"] + sums[""]) / total), abs=1e-6)
    assert int(held["rows"]) == len(rows)
    assert list(held) == [field.name for field in CARD.fields]


def test_what_a_notice_declares_stands_apart_and_is_not_counted(site: Client) -> None:
    held, rows = values(site), table(site.get(f"{PAGE}?format=rows"))
    declared = sum(Decimal(row["amount"]) for row in rows if row["organisation_id"] == "GB-COH-09900001")
    assert (Decimal(held["declared"]), Decimal(held["sme"])) == (declared, declared)
    assert Decimal(held["vcse"]) + declared + Decimal(held["unidentified"]) == Decimal(held["total"])


def test_year_that_is_not_held_is_no_nought(site: Client) -> None:
    page = words(site.get(f"/spend-returns/ppn-001/{BODY}/2040/"))
    assert "Nothing of 2040/41 is held, so nobody can tell. That is no nought." in page
    assert {name for name, value in values(site, f"/spend-returns/ppn-001/{BODY}/2040/").items() if value} == {"against"}


def test_page_says_provisional_undercounted_due_and_overdue(ended: Client) -> None:
    page = words(ended.get(PAGE))
    assert "This form is provisional" in page
    assert "small charities are undercounted" in page
    assert "Overdue. It is due on 30 September 2030: 31 March 2030 + 6 months = 30 September 2030 (that month has 30 days)." in page
    assert "not yet (Minister)" in page


def test_without_a_year_it_leads_to_the_last_that_ended(site: Client) -> None:
    assert site.get(f"/spend-returns/ppn-001/{BODY}/").headers["Location"] == f"/spend-returns/ppn-001/{BODY}/2030/"
    assert site.get(f"/spend-returns/ppn-001/{BODY}/?year=2029").headers["Location"] == PAGE


def test_body_that_nobody_knows_has_no_page(site: Client) -> None:
    assert [site.get(f"/spend-returns/{each}/2029/").status_code for each in ("ppn-001/nobody", f"none/{BODY}")] == [404, 404]


def test_history_keeps_every_target_with_its_reason_and_who_signed(site: Client) -> None:
    body()
    target(because="The first one.")
    target(amount="6", because="Reached early.")
    target(amount="3", whole=False, because="A duty moved.")
    page = words(site.get(PAGE))
    assert "3. 3 % of direct spend in the financial year 2027/28 proposed: not in force until its sign-off is whole A duty moved." in page
    assert "2. 6 % of direct spend in the financial year 2027/28 in force Reached early." in page
    assert "1. 4.5 % of direct spend in the financial year 2027/28 replaced The first one." in page
    assert "Presented to the Crown Representative, who challenges it number 3 Sample Person, Minister" in page
    assert "a change is proposed and not in force" in page


@pytest.mark.parametrize(("amount", "unit", "says"), [("0.01", "share", "Met"), ("99", "share", "Not met"), ("1000000000", "pounds", "Not met")])
def test_target_is_judged_in_its_year_alone(site: Client, amount: str, unit: str, says: str) -> None:
    body()
    target(amount=amount, unit=unit, year=YEAR)
    assert f"Against the target {says}" in words(site.get(PAGE))
    assert "Against the target Not judged in this year the target is of 2029/30" in words(site.get(f"/spend-returns/ppn-001/{BODY}/2030/"))


def test_unidentified_payees_that_decide_it_make_nobody_able_to_tell(site: Client) -> None:
    body()
    target(amount=str(round(float(values(site)["share"]) * 100 + 1, 2)), year=YEAR)
    assert "Against the target Cannot tell the unidentified payees decide it" in words(site.get(PAGE))


def test_official_sets_signs_and_files_and_the_figures_stay_as_filed(ended: Client) -> None:
    body()
    browser = client("official", BODY)
    given = {"supplier": "vcse", "unit": "share", "amount": "4.5", "year": "2031", "baseline_year": "2028", "baseline_amount": "100", "because": "Why."}
    assert browser.post(PAGE, {"act": "set_target", **given}).status_code == 302
    signed = {"name": "Sample Director", "post": "Commercial Director", "on": "2032-05-01", "note": "By letter."}
    for _ in CARD.target_steps:
        assert browser.post(PAGE, {"act": "sign-target-vcse", **signed}).status_code == 302
    assert "act=sign-target" not in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, {"act": "file", "method": "By number."}).status_code == 302
    for _ in CARD.return_steps:
        assert browser.post(PAGE, {"act": "sign-filing", **signed}).status_code == 302
    page = words(browser.get(PAGE))
    assert "The figures, as filed" in page
    assert "Published late" in page
    assert "£100.00 in 2028/29, as the body states" in page
    SpendFiling.objects.update(figures={name: value for name, value in SpendFiling.objects.get().figures.items() if name != "review"})
    page = words(browser.get(PAGE))  # filed on a form that had a line fewer
    assert ("Of the unidentified, waiting for a person" in page.split("The rule of each line")[0], "The record has changed since" in page) == (False, False)
    assert browser.get(f"{PAGE}return.pdf").content.startswith(b"%PDF")
    SpendFiling.objects.update(figures={**SpendFiling.objects.get().figures, "vcse": "1.00", "months": "3"})
    page = words(browser.get(PAGE))
    assert "£1.00 the record says today: £" in page
    assert "The record has changed since" in page
    assert {row["field"]: row["value_filed"] for row in table(ended.get(f"{PAGE}?format=csv"))}["vcse"] == "1.00"
    assert SpendSignOff.objects.count() == len(CARD.target_steps) + len(CARD.return_steps)


def test_what_is_refused_stands_beside_its_field(ended: Client) -> None:
    body()
    browser = client("official", BODY)
    response = browser.post(PAGE, {"act": "set_target", "supplier": "vcse", "unit": "share", "amount": "450", "year": "31", "baseline_year": "2028"})
    assert (response.status_code, SpendTarget.objects.count()) == (422, 0)
    given = {"supplier": "vcse", "unit": "share", "amount": "4", "year": "31", "baseline_year": "2028", "because": "Why."}
    assert "expected four digits from 2000 to 2098" in words(browser.post(PAGE, {"act": "set_target", **given}))
    empty = f"/spend-returns/ppn-001/{BODY}/2020/"
    assert "so there is nothing to file" in words(browser.post(empty, {"act": "file", "method": "x"}))


@pytest.mark.parametrize("role", ["public", "central", "charity", "auditor"])
def test_others_are_offered_no_form_and_refused_what_they_send(site: Client, role: str) -> None:
    body()
    browser = client(role)
    assert 'name="act"' not in browser.get(PAGE).content.decode()
    assert browser.post(PAGE, {"act": "file", "method": "x"}).status_code == 403
    assert SpendFiling.objects.count() == 0


def test_analyst_sets_and_files_but_signs_nothing(ended: Client) -> None:
    body()
    target(whole=False)
    page = client("analyst", BODY).get(PAGE).content.decode()
    assert [f'value="{act}"' in page for act in ("set_target", "file", "sign-target-vcse")] == [True, True, False]


@pytest.mark.parametrize("is_filed", [True, False])
def test_pdf_is_tagged_titled_and_says_the_same(ended: Client, is_filed: bool) -> None:
    body()
    target(because="The reason.")
    if is_filed:
        client("official", BODY).post(PAGE, {"act": "file", "method": "By number alone."})
    response = ended.get(f"{PAGE}return.pdf")
    assert response.headers["Content-Disposition"] == f'attachment; filename="INVENTED-SAMPLE-opencompact-ppn-001-{BODY}-{YEAR}.pdf"'
    reader = PdfReader(BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Invented sample country: nothing here is real" in text
    assert "The form is provisional." in text
    assert "The reason." in text
    assert f"{Decimal(values(ended)['vcse']):,.2f}" in text
    assert ("By number alone." in text) == is_filed
    assert ("Not filed yet" in text) == (not is_filed)


def test_return_without_a_release_still_shows_its_targets(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    body()
    target()
    page = words(Client().get(PAGE))
    assert "Nothing of 2029/30 is held" in page
    assert "in force" in page
    assert [Client().get(f"{PAGE}{tail}").status_code for tail in ("?format=rows", "return.pdf")] == [404, 200]
    assert Client().get(f"/spend-returns/ppn-001/nobody/{YEAR}/").status_code == 404
