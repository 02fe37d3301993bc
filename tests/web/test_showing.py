from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import Http404, HttpRequest
from django.test import Client
from tests.web.invented import AT, build

from opencompact.publication.actions import freeze
from opencompact.web.showing import choice, csv_lines, file_name, found, number


def test_page_no_release_says_what_to_run(site: Client, settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    answer = site.get("/")
    assert (answer.status_code, "Run <code>opencompact build</code>" in answer.content.decode()) == (503, True)


def test_page_same_release_is_not_sent_twice(site: Client) -> None:
    first = site.get("/bodies/")
    again = site.get("/bodies/", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_page_other_filter_has_other_etag(site: Client) -> None:
    assert site.get("/consultations/").headers["ETag"] != site.get("/consultations/?short=under-42").headers["ETag"]


def test_page_made_before_is_the_same_page(site: Client) -> None:
    assert site.get("/bodies/").content == site.get("/bodies/").content


def test_page_draft_is_asked_for_again_each_time(site: Client) -> None:
    assert site.get("/").headers["Cache-Control"] == "public, no-cache"


def test_page_frozen_release_may_be_kept(site: Client, settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path)
    freeze(tmp_path / "releases", number="2032-03", at=AT, by="tester", because="first", audit=lambda **event: event)
    settings.OPENCOMPACT_RELEASE = "2032-03"
    answer = site.get("/")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert 'Release <a href="/releases/">2032-03</a>' in answer.content.decode()
    listed = site.get("/releases/").content.decode()
    assert ("2032-03 (shown on this site)" in listed, 'href="/downloads/2032-03/checksums.txt"' in listed) == (True, True)


def test_page_new_draft_is_shown_at_once(site: Client, settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path)
    before = site.get("/consultations/").headers["ETag"]
    build(tmp_path, a_year=3)
    assert site.get("/consultations/").headers["ETag"] != before


def test_csv_lines_formula_is_kept_as_text() -> None:
    rows = [("title", "amount"), ('=HYPERLINK("x")', Decimal("-12.50")), ("@sum", None), (" +1", date(2031, 7, 16)), ("plain", 3)]
    assert list(csv_lines(rows)) == ["title,amount\r\n", '"\'=HYPERLINK(""x"")",-12.50\r\n', "'@sum,\r\n", "' +1,2031-07-16\r\n", "plain,3\r\n"]


@pytest.mark.parametrize(("standing", "expected"), [("sample", "INVENTED-SAMPLE-opencompact-2026-11-x.csv"), ("real", "opencompact-2026-11-x.csv")])
def test_file_name_says_sample(standing: str, expected: str) -> None:
    assert file_name(SimpleNamespace(standing=standing, number="2026-11"), "x") == expected


def _asked(**given: str) -> HttpRequest:
    request = HttpRequest()
    request.GET.update(given)
    return request


@pytest.mark.parametrize(("text", "expected"), [("7", 7), ("0", None), ("-1", None), ("x", None), ("", None), ("²", None), ("99999999", None), ("51", None)])
def test_number_out_of_bounds_is_none(text: str, expected: int | None) -> None:
    assert number(_asked(page=text), "page", most=50) == expected


def test_choice_unknown_word_is_otherwise() -> None:
    assert [choice(_asked(sort=word), "sort", ("title",), "opened") for word in ("title", "drop table")] == ["title", "opened"]


def test_found_nothing_is_not_here() -> None:
    with pytest.raises(Http404, match="No such body"):
        found(None, "No such body.")
