from contextlib import closing

import pytest
from django.test import Client

from opencompact.web.security import HEADERS, POLICY

pytestmark = pytest.mark.django_db  # an answer that ends lets go of a connection, should there be one


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/robots.txt", "/consultations/?format=csv", "/downloads/draft/checksums.txt"])
def test_content_security_policy_stands_on_every_answer(site: Client, path: str) -> None:
    with closing(site.get(path)) as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_policy_allows_no_script_and_no_other_origin() -> None:
    assert POLICY == "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def test_only_the_pages_of_signing_in_may_run_a_script_and_only_our_own(site: Client) -> None:
    assert site.get("/account/no-such-page/").headers["Content-Security-Policy"] == f"{POLICY}; script-src 'self'"
