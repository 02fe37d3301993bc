import csv
import html
import re
import threading
from dataclasses import replace
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from opencompact.organisations.actions import offering
from opencompact.organisations.rules.decided import decisions
from opencompact.web.organisations import matching

PAGE, FORM = "/match/", "application/x-www-form-urlencoded"
TEXT = """Supplier Name,Net Amount,Charity Number,Purpose
THE FORD TRUST,100.00,,Rent
The Ford Trust,-30.00,,
Samplers,20.00,,
Sundry Payee Of No Kind,60.00,,
Qqqq Zzzz,,,
Ford Trust Limited,10.00,9900001,
Invented Works Limited,40.00,,
"""


@pytest.fixture(scope="session", autouse=True)
def forgotten():
    yield
    offering.forget()


def given(text=TEXT, name="march 2031.csv"):
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def result(site, text=TEXT, name="march 2031.csv"):
    return html.unescape(site.post(PAGE, {"file": given(text, name)}).content.decode())


def held(page):
    return re.search(r'name="held" value="([^"]*)"', page)[1]


def back(site, **fields):
    return site.post(PAGE, urlencode(fields), content_type=FORM)


def content(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(answer):
    return list(csv.DictReader(content(answer).decode().splitlines()))


def test_page_asks_for_a_file_and_is_never_kept(site):
    answer = site.get(PAGE)
    assert (answer.status_code, "no-store" in answer.headers["Cache-Control"], answer.cookies) == (200, True, {})
    assert "Give a list of payments or vendors." in answer.content.decode()


def test_file_gets_its_answer_in_a_sentence_pictures_and_tables(site):
    page = result(site)
    assert "<strong>3 of 7\xa0rows</strong>" in page
    assert "£80.00 of £200 (40\xa0%)" in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" role="img"') == 3
    assert "Charities had the most accepted money" in page
    assert "In 1\xa0row no amount could be read." in page
    assert '<option value="0" selected>Supplier Name</option>' in page
    assert "To review, most money first" in page


def test_matched_file_can_be_taken_as_csv(site):
    answer = back(site, held=held(result(site)), do="csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="INVENTED-SAMPLE-matched-march-2031.csv"'
    rows = rows_of(answer)
    assert [row["Supplier Name"] for row in rows] == [line.split(",")[0] for line in TEXT.splitlines()[1:]]
    assert [(row["match_org_id"], row["match_decision"], row["match_stage"]) for row in rows[:2]] == [("GB-CHC-9900001", "accepted", "exact")] * 2
    assert (rows[4]["match_org_id"], rows[4]["match_decision"]) == ("", "none")
    assert (rows[6]["match_kind"], rows[6]["match_org_id"]) == ("company", "GB-COH-09900001")
    assert rows[1]["Net Amount"] == "-30.00"


def test_matched_file_can_be_taken_as_a_workbook_that_says_how_it_was_made(site):
    book = load_workbook(BytesIO(content(back(site, held=held(result(site)), do="xlsx"))))
    assert [row[1].value for row in book["Matched"].rows][1:4] == [100, -30, 20]
    said = [row[0].value for row in book["How it was made"].rows]
    assert said[0] == "INVENTED SAMPLE COUNTRY: nothing here is real."
    assert "Matched by OpenCompact to 7 organisations of the draft release, as of 04 March 2032." in said


def test_number_of_the_file_settles_a_name(site):
    rows = rows_of(back(site, held=held(result(site, TEXT.replace("9900001", "GB-CHC-9900001"))), do="csv"))
    assert (rows[5]["match_org_id"], rows[5]["match_stage"], rows[5]["match_probability"]) == ("GB-CHC-9900001", "identifier", "1.0000")


def test_workbook_can_be_given(site):
    book = Workbook()
    for row in (("Vendor", "Postcode"), ("The Ford Trust", "ZZ1 1AA"), ("Samplers", "ZZ1 1AB")):
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    page = result(site, made.getvalue(), "vendors.xlsx")
    assert "<strong>1 of 2\xa0rows</strong> are payments to organisations we know to be voluntary" in page
    assert '<option value="1" selected>Postcode</option>' in page
    assert "Pounds" not in page
    assert "To review, most rows first" in page


def test_where_no_column_is_known_it_is_asked_for_and_then_matched(site):
    page = result(site, "Aa,Bb\nNowhere Carers,5\nQqqq,6\n")
    assert "Which column holds the names?" in page
    assert back(site, held=held(page), do="csv").status_code == 200  # nothing is matched yet, so the page is shown again
    again = html.unescape(back(site, **{"held": held(page), "do": "again", "column-payee_name": "0", "column-amount": "1"}).content.decode())
    assert "£5.00 of £11.00" in again
    assert '<option value="0" selected>Aa</option>' in again


@pytest.mark.parametrize("place", ["", "9", "-1", "x", "²"])
def test_column_that_is_none_is_none(site, place):
    page = back(site, **{"held": held(result(site)), "do": "again", "column-payee_name": place}).content.decode()
    assert "Which column holds the names?" in page


def test_changed_page_is_refused(site):
    answer = back(site, held=f"{held(result(site))}x", do="csv")
    assert (answer.status_code, b"was changed on the way" in answer.content) == (400, True)
    assert back(site).status_code == 400


def test_what_cannot_be_read_is_refused_in_words(site, monkeypatch):
    assert site.post(PAGE, {}).status_code == 400
    answer = site.post(PAGE, {"file": given("\n")})
    assert (answer.status_code, b"we found a file without rows" in answer.content) == (422, True)
    monkeypatch.setattr(matching, "MOST_ROWS", 3)
    assert b"found 7 rows; expected at most 3" in site.post(PAGE, {"file": given()}).content


def test_large_file_is_refused_before_it_is_read(site, monkeypatch):
    monkeypatch.setattr(matching, "MOST_BYTES", 100)
    monkeypatch.setattr(matching, "MOST_HELD", 100)
    assert site.post(PAGE, {"file": given(TEXT * 10)}).status_code == 413
    assert back(site, held="a" * 200).status_code == 413


def test_form_of_another_site_is_refused_and_ours_needs_no_cookie(site):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PAGE, {"file": given()}, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    answer = strict.post(PAGE, {"file": given()}, headers={"Origin": "http://testserver"})
    assert (answer.status_code, answer.cookies) == (200, {})


def test_nothing_touches_the_disk(site, monkeypatch, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1  # Django would put the file into a folder now
    monkeypatch.setattr("tempfile.mkstemp", lambda *_, **__: pytest.fail("a file was made"))
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *_, **__: pytest.fail("a file was made"))
    monkeypatch.setattr("tempfile.TemporaryFile", lambda *_, **__: pytest.fail("a file was made"))
    page = result(site)
    assert "3 of 7" in page
    assert back(site, held=held(page), do="xlsx").status_code == 200


def test_no_name_reaches_the_log(site, caplog):
    caplog.set_level("DEBUG")
    result(site)
    assert "Sundry Payee" not in caplog.text


def test_one_file_at_a_time_and_the_next_is_told_to_wait(site, monkeypatch):
    monkeypatch.setattr(matching, "WAIT", 0.01)
    monkeypatch.setattr(matching, "_turn", threading.Semaphore(0))
    answer = site.post(PAGE, {"file": given()})
    assert (answer.status_code, b"Other files are being matched" in answer.content) == (503, True)


def test_markup_in_a_file_stays_text(site):
    page = site.post(PAGE, {"file": given("Supplier,Amount,<script>x</script>\nSamplers <script>alert(1)</script>,5,\n", "<b>.csv")}).content.decode()
    assert "<script" not in page


def test_without_a_release_it_says_so(site, settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert site.get(PAGE).status_code == 200
    answer = site.post(PAGE, {"file": given()})
    assert (answer.status_code, b"There is nothing to match to yet." in answer.content) == (503, True)


def test_what_the_body_decided_about_its_vendor_comes_first(site, monkeypatch):
    told = {"body": "borough-of-nowhere", "vendor_number": "V1", "normalised_name": "", "published_org_id": ""}
    nobody = {"body": "", "vendor_number": "", "normalised_name": "SAMPLERS UNITED", "published_org_id": "", "organisation_id": None, "said": "Nobody."}
    decided = decisions([{**told, "organisation_id": "GB-CHC-9900002", "said": "A person decided."}, nobody])
    offer = matching._offer
    monkeypatch.setattr(matching, "_offer", lambda release: replace(offer(release), decided=decided))
    text = "Organisation,Supplier Name,Supplier ID,Amount\nBorough of Nowhere,Whoever It Is,V1,1.00\n,Samplers United,,2.00\n"
    rows = rows_of(back(site, do="csv", held=held(result(site, text))))
    assert [(row["match_org_id"], row["match_decision"], row["match_stage"], row["match_why"]) for row in rows] == [
        ("GB-CHC-9900002", "accepted", "reviewed", "A person decided."),
        ("", "none", "reviewed", "Nobody."),
    ]
