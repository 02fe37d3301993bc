import json

import pytest
from django.test import Client
from tests.api.conftest import FROZEN

from opencompact import __version__
from opencompact.api import answers


def test_the_tag_holds_until_release_program_address_or_form_change(rf):
    request = rf.get("/api/v1/bodies", headers={"Accept": "text/csv"})
    tag = answers.etag(request, "a" * 64)
    others = {
        answers.etag(request, "b" * 64),
        answers.etag(rf.get("/api/v1/bodies?limit=1", headers={"Accept": "text/csv"}), "a" * 64),
        answers.etag(rf.get("/api/v1/bodies"), "a" * 64),
    }
    assert answers.etag(rf.get("/api/v1/bodies", headers={"Accept": "text/csv"}), "a" * 64) == tag
    assert (len(others), tag in others) == (3, False)


def test_the_tag_holds_for_one_program(rf, monkeypatch):
    before = answers.etag(rf.get("/api/v1/bodies"), "a" * 64)
    monkeypatch.setattr(answers, "__version__", f"{__version__}+1")
    assert answers.etag(rf.get("/api/v1/bodies"), "a" * 64) != before


@pytest.mark.parametrize("sent", ["{}", "W/{}", '"other", {}'])
def test_what_the_reader_holds_is_not_sent_again(api, sent):
    tag = api.get("/api/v1/bodies").headers["ETag"]
    answer = api.get("/api/v1/bodies", headers={"If-None-Match": sent.format(tag)})
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)


def test_another_tag_gets_the_answer(api):
    assert api.get("/api/v1/bodies", headers={"If-None-Match": '"other"'}).status_code == 200


def test_headers_say_release_and_standing(api):
    headers = api.get("/api/v1/bodies?format=csv").headers
    assert (headers["OpenCompact-Release"], headers["OpenCompact-Standing"], headers["Vary"].split(", ")[0]) == ("draft", "sample", "Accept")


@pytest.mark.parametrize(
    ("query", "kept"),
    [("?release=draft", "public, no-cache"), ("", "public, max-age=300"), (f"?release={FROZEN}", "public, max-age=86400")],
)
def test_how_long_an_answer_holds(own_workspace, query, kept):
    assert Client().get(f"/api/v1/bodies{query}").headers["Cache-Control"] == kept


def test_a_problem_is_kept_by_nobody(api):
    answer = api.get("/api/v1/bodies?limit=x")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/problem+json", "no-store")
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "limit: found x; expected a whole number from 1 to 1,000.",
        "errors": [{"field": "limit", "found": "x", "expected": "a whole number from 1 to 1,000"}],
    }


def test_text_a_spreadsheet_would_run_is_kept_as_text(api):
    cells = b"".join(api.get("/api/v1/consultations?format=csv").streaming_content).decode()
    assert ("'=HYPERLINK" in cells, ',"=HYPERLINK' in cells) == (True, False)


def test_numbers_below_nought_stay_numbers(api):
    assert ",-" in b"".join(api.get("/api/v1/payments?amount_most=0.00&format=csv").streaming_content).decode()


def test_lines_come_in_batches():
    lines = list(answers._lines(["a"], ((place,) for place in range(1001))))
    assert ("".join(lines).splitlines(), len(lines)) == (["a", *map(str, range(1001))], 4)
