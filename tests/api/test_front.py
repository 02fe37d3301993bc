import json

import pytest
from django.http import HttpResponse
from django.test import Client

from opencompact.api import pages, reading
from opencompact.api.front import ReadOnly


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_but_reading_is_taken(api, method):
    answer = getattr(api, method)("/api/v1/bodies")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert json.loads(answer.content)["detail"] == f"This API is read only: found {method.upper()}; expected one of GET, HEAD, OPTIONS."


def test_head_is_get_without_its_content(api):
    get, head = api.get("/api/v1/bodies"), api.head("/api/v1/bodies")
    assert (head.status_code, head.content, head.headers["ETag"], head.headers["Content-Length"]) == (200, b"", get.headers["ETag"], str(len(get.content)))


def test_a_browser_may_ask_first(api):
    answer = api.options("/api/v1/bodies")
    assert (answer.status_code, answer.content, answer.headers["Access-Control-Allow-Methods"]) == (204, b"", "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("address", ["/api/v1/bodies", "/api/v1/no-such", "/api/v1/bodies?limit=0", "/api/v1/openapi.json"])
def test_any_site_may_read_without_credentials(api, address):
    headers = api.get(address).headers
    assert (headers["Access-Control-Allow-Origin"], "Access-Control-Allow-Credentials" in headers) == ("*", False)


def test_pages_of_the_site_are_left_alone():
    answer = HttpResponse("a page")
    assert ReadOnly(lambda _: answer)(Client().request().wsgi_request) is answer


def test_what_fails_is_told_without_its_cause(workspace, settings, monkeypatch, caplog):
    settings.OPENCOMPACT_WORKSPACE = workspace
    monkeypatch.setattr(reading, "page", lambda *_, **__: 1 / 0)
    answer = Client().get("/api/v1/bodies")
    assert (answer.status_code, "division" in answer.content.decode(), "API failed at /api/v1/bodies" in caplog.text) == (500, False, True)
    assert json.loads(answer.content)["detail"] == "Something went wrong on our side. It was recorded; trying again may help."


def test_what_fails_on_a_page_is_left_to_the_site(rf):
    assert ReadOnly(pages.nothing).process_exception(rf.get("/bodies/"), ValueError()) is None


def test_questions_alone_may_come_as_a_form(api):
    answer = api.put("/api/v1/reconcile")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert api.options("/api/v1/reconcile").headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert api.post("/api/v1/reconcile", {"queries": "{}"}).status_code == 200
