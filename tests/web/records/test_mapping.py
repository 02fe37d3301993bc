import html
import re

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opencompact.web.records import mapping

PAGE = "/files/propose/"
TABLE = "Ref.,When,Who was paid,Amount\n98000001,16/07/2031,Sample Trust Ltd,1.50\n98000002,17/07/2031,Sample CIC,much\n"


def given(text=TABLE, name="spend.csv"):
    return SimpleUploadedFile(name, text.encode())


def test_page_asks_for_a_file_and_is_never_kept(site):
    answer = site.get(PAGE)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "max-age=0, no-cache, no-store, must-revalidate, private")
    assert "Give a table of payments" in answer.content.decode()


def test_file_gets_a_proposal_with_its_rows_and_refusals(site):
    text = site.post(PAGE, {"file": given(), "table": ""}).content.decode()
    assert "<strong>1 of 2</strong> rows would be read as payments; 1 would not." in text
    assert '<option value="2" selected>Who was paid</option>' in text
    assert "its values look like names of payees" in text
    assert "Sample Trust Ltd" in text
    assert "an amount as 1234.56" in text


def beginning(site):
    text = site.post(PAGE, {"file": given(), "table": "payments"}).content.decode()
    return html.unescape(re.search(r'<textarea name="beginning" hidden>(.*?)</textarea>', text, re.DOTALL)[1])


def test_columns_can_be_changed_and_tried_again_without_the_file(site):
    chosen = {"beginning": beginning(site), "name": "spend.csv", "table": "payments", "field-payee_name": "0", "field-amount": "", "do": "try"}
    text = site.post(PAGE, chosen).content.decode()
    assert "No column was found for the amount." in text
    assert "Tried on the first rows of spend.csv" in text
    assert '<option value="0" selected>Ref.</option>' in text


def test_card_can_be_taken_away(site):
    chosen = {"beginning": beginning(site), "name": "spend.csv", "table": "payments", "field-payee_name": "2", "field-amount": "3", "do": "download"}
    answer = site.post(PAGE, chosen)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="source.yml"'
    assert yaml.safe_load(answer.content)["mapping"] == {"payee_name": "Who was paid", "amount": "Amount"}


def test_nothing_chosen_and_no_table_are_refused_in_words(site):
    assert (site.post(PAGE, {}).status_code, b"No file was chosen" in site.post(PAGE, {}).content) == (400, True)
    answer = site.post(PAGE, {"file": given("\n")})
    assert (answer.status_code, b"This file could not be read" in answer.content) == (422, True)


def test_large_file_is_refused_before_it_is_read(site, monkeypatch):
    monkeypatch.setattr(mapping, "MOST_BYTES", 100)
    assert site.post(PAGE, {"file": given(TABLE * 10)}).status_code == 413


def test_form_of_another_site_is_refused(site):
    assert Client(enforce_csrf_checks=True).post(PAGE, {"file": given()}).status_code == 403


def test_markup_in_a_file_stays_text(site):
    text = site.post(PAGE, {"file": given(TABLE.replace("Sample Trust Ltd", "<script>Sample Ltd</script>"))}).content.decode()
    assert "<script" not in text


def test_page_works_without_a_release(site, settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert site.get(PAGE).status_code == 200
