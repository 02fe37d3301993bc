from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opencompact.web.records import checking

CONTENT = b"Identifier,Title,Amount Awarded\n360G-s-1,<b>Sample</b>,ten\n"


def send(site: Client, name: str = "grants.csv", content: bytes = CONTENT, **given: str):
    fields = {key: value for key, value in given.items() if not key.startswith("HTTP_")}
    headers = {key: value for key, value in given.items() if key.startswith("HTTP_")}
    return site.post("/check/grants/", {"file": SimpleUploadedFile(name, content), **fields}, **headers)


def test_page_offers_a_form_and_sets_no_cookie(site: Client) -> None:
    answer = site.get("/check/grants/")
    assert (answer.status_code, 'type="file"' in answer.content.decode(), answer.cookies, answer.headers["Cache-Control"].split(",")[0]) == (
        200,
        True,
        {},
        "max-age=0",
    )


def test_page_is_there_without_a_release(tmp_path: Path, settings) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert Client().get("/check/grants/").status_code == 200


def test_file_is_reported_on_and_forgotten(site: Client, workspace: Path) -> None:
    answer = send(site)
    page = answer.content.decode()
    assert (answer.status_code, "Amount Awarded is not a number" in page, "nothing of it is kept" in page, "<b>Sample" in page) == (200, True, True, False)
    assert not (workspace / "inbox").exists()


def test_file_is_kept_where_asked_for(tmp_path: Path, settings) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    page = send(Client(), keep="yes").content.decode()
    (kept,) = (tmp_path / "inbox").iterdir()
    assert (kept.name in page, kept.read_bytes(), kept.suffix) == (True, CONTENT, ".csv")


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK\x03\x04 broken"), ("a.csv", b"a,b\n1,2\n"), ("a.json", b'{"grants": [')])
def test_file_that_cannot_be_read_is_told_in_words(site: Client, name: str, content: bytes) -> None:
    answer = send(site, name, content)
    assert (answer.status_code, "This file could not be checked." in answer.content.decode()) == (422, True)


def test_form_without_a_file_is_told(site: Client) -> None:
    assert site.post("/check/grants/").status_code == 400


@pytest.mark.parametrize(("origin", "status"), [("http://testserver", 200), ("https://elsewhere.example", 403), ("null", 403)])
def test_form_of_another_site_is_refused(site: Client, origin: str, status: int) -> None:
    assert send(site, HTTP_ORIGIN=origin).status_code == status


def test_file_too_large_is_refused_before_it_is_read(site: Client, monkeypatch) -> None:
    monkeypatch.setattr(checking, "MOST_BYTES", 10)
    assert send(site).status_code == 413


def test_other_methods_are_not_answered(site: Client) -> None:
    assert site.put("/check/grants/").status_code == 405
