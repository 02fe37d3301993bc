"""The service over the small invented release, asked as OpenRefine asks it."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from opencompact.organisations.actions import offering

ROOT, FORM = "/api/v1/reconcile", "application/x-www-form-urlencoded"


@pytest.fixture(scope="session", autouse=True)
def forgotten() -> Iterator[None]:
    """What is kept for a release is let go of at the end, so that the engine closes before Python does."""
    yield
    offering.forget()


@pytest.fixture
def post(api: Client) -> Callable[..., Any]:
    """The JSON that a form of this one field gets."""

    def posted(field: str, given: Any, status: int = 200) -> Any:
        text = given if isinstance(given, str) else json.dumps(given)
        answer = api.post(ROOT, urlencode({field: text}), content_type=FORM)
        assert answer.status_code == status, answer.content
        return json.loads(answer.content)

    return posted


@pytest.fixture
def best(post) -> Callable[..., Any]:
    """The first candidate for a name, with whatever else is known of it; None where there is none."""

    def first(name: str = "", properties: Mapping[str, Any] | None = None, **more: Any) -> Any:
        listed = [{"pid": pid, "v": value} for pid, value in (properties or {}).items()]
        query = {**({"query": name} if name else {}), **({"properties": listed} if listed else {}), **more}
        return next(iter(post("queries", {"q0": query})["q0"]["result"]), None)

    return first
