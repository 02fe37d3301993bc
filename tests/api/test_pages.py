import json
import re

from django.test import Client

from opencompact.api import pages
from opencompact.api.routes import RESOURCES


def test_the_page_lists_every_address_with_an_example(api):
    page = api.get("/api/v1/").content.decode()
    assert re.findall(r"GET (/api/v1/[a-z-]+)</code>", page) == ["/api/v1/releases", *(f"/api/v1/{each.slug}" for each in RESOURCES.values())]
    assert all(api.get(address).status_code == 200 for address in set(re.findall(r'href="(/api/v1/[^"]*)"', page)))


def test_the_page_has_no_script_and_nothing_of_others(api):
    page = api.get("/api/v1/").content.decode()
    assert re.findall(r"<script|\son[a-z]+=|\sstyle=|<style|<iframe|<img", page) == []
    assert re.findall(r'(?:src|rel="stylesheet" href)="(?!/static/)[^"]*"', page) == []
    assert ("Invented sample country" in page, "This is not a government website" in page) == (True, True)


def test_the_page_stands_without_a_release(settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    page = Client().get("/api/v1/").content.decode()
    assert ("no release yet" in page, "Invented sample country" in page) == (True, False)


def test_the_description_is_openapi_of_reading_alone(api):
    described = json.loads(api.get("/api/v1/openapi.json").content)
    assert (described["openapi"], {method for path in described["paths"].values() for method in path}) == ("3.1.0", {"get"})
    names = [operation["get"]["operationId"] for operation in described["paths"].values()]
    assert len(names) == len(set(names))


def test_every_reference_of_the_description_stands():
    described = json.dumps(pages.described())
    held = pages.described()["components"]["schemas"]
    assert {name for name in re.findall(r"#/components/schemas/(\w+)", described) if name not in held} == set()


def test_nothing_says_where_to_look(api):
    answer = api.get("/api/v1/no/such%0Aplace")
    assert (answer.status_code, json.loads(answer.content)["detail"]) == (404, "There is nothing at /api/v1/no/such\nplace. /api/v1/ lists what can be asked.")
