"""The description of the API: OpenAPI for programs, a page for people, and what is said where nothing is."""

from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from opencompact.api import answers, description, reading
from opencompact.api.routes import RESOURCES, ROOT, api

SLUGS = frozenset(each.slug for each in RESOURCES.values())


@cache
def described() -> dict[str, Any]:
    """The OpenAPI 3.1 description; it depends on the program alone."""
    schema = dict(api.get_openapi_schema(path_prefix=ROOT.strip("/") + "/"))
    schema["components"] = {"schemas": description.components(RESOURCES.values())}
    return schema


def openapi(_: HttpRequest) -> HttpResponse:
    """The OpenAPI description."""
    return HttpResponse(orjson.dumps(described(), option=orjson.OPT_NON_STR_KEYS), content_type=answers.JSON)


def reference(request: HttpRequest) -> HttpResponse:
    """What can be asked, for people."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, each in described()["paths"].items():
        example = "" if "{" in path else f"{path}?limit=5" if path.removeprefix(ROOT) in SLUGS else path
        groups.setdefault(each["get"]["tags"][0], []).append({"path": path, "example": example, **each["get"]})
    held = [release for release, _ in reading.all_releases()]
    is_sample = any(release.standing == "sample" for release in held)
    return render(request, "api/reference.html", {"groups": groups, "root": ROOT, "releases": held, "is_sample": is_sample})


def nothing(request: HttpRequest, **_: str) -> HttpResponse:
    """No such address."""
    return answers.problem(404, f"There is nothing at {request.path}. {ROOT} lists what can be asked.")
