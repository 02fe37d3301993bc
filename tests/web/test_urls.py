"""Every page that can be reached from the front page, and what no page may have."""

import html
import re
from collections import Counter

import pytest
from django.test import Client
from tests.web.invented import build

from opencompact.web import urls
from opencompact.web.showing import SAMPLE_BAND

# Of one kind of page, as many are read.
OF_A_KIND = 5
PAGES = (
    "/",
    "/agreements/",
    "/agreements/compact-2010/",
    "/agreements/compact-2010/2.4/",
    "/agreements/compact-2010/1.1/",
    "/agreements/covenant/1/",
    "/rule-sets/",
    "/bodies/",
    "/bodies/department-for-examples/",
    "/bodies/department-for-older-examples/",
    "/bodies/silent-office/",
    "/methods/",
    "/methods/consultations-under-12-weeks/",
    "/figures/consultations-under-12-weeks/all/2030/",
    "/consultations/",
    "/spend/",
    "/files/",
    "/problems/",
    "/organisations/",
    "/organisations/GB-CHC-9900001/",
    "/releases/",
    "/search/?q=department",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/challenge/",
)


def _kind(address: str) -> str:
    path, _, query = address.partition("?")
    return "/".join(path.split("/")[:2] + ["*"] * (path.count("/") - 2)) + ("?" if query else "")


def _links(address: str, page: str) -> list[str]:
    found = [html.unescape(link) for link in re.findall(r'href="([^"#]+)', page)]
    return [f"{address.partition('?')[0]}{link}" if link.startswith("?") else link for link in found]


@pytest.mark.django_db
def test_every_page_linked_is_there(site: Client) -> None:
    waiting, seen, kinds, broken = ["/"], set(), Counter(), []
    while waiting:
        address = waiting.pop()
        kind = _kind(address)
        if address in seen or kinds[kind] >= OF_A_KIND:
            continue
        seen.add(address)
        kinds[kind] += 1
        answer = site.get(address)
        if answer.headers.get("Location", "").startswith("/account/login/"):
            continue  # pages for people who signed in
        if answer.status_code != 200:
            broken.append((address, answer.status_code))
        elif not answer.streaming and "html" in answer.headers["Content-Type"]:
            waiting += [link for link in _links(address, answer.content.decode()) if link.startswith("/") and not link.startswith("/static/")]
        answer.close()
    # Methods of the catalogue that no figure of the small release has stand as names only.
    assert [each for each in broken if not each[0].startswith("/methods/")] == []
    assert len(kinds) > 20


@pytest.mark.parametrize("path", PAGES)
def test_page_says_what_every_page_must(site: Client, path: str) -> None:
    answer = site.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1>") == 1
    assert f'<div class="sample-band">{SAMPLE_BAND}</div>' in page
    assert '<p class="not-government">This is not a government website</p>' in page
    assert 'href="#main"' in page


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_script_no_style_and_nothing_of_others(site: Client, path: str) -> None:
    page = site.get(path).content.decode()
    assert re.findall(r"<script|\son[a-z]+=|\sstyle=|<style|<iframe|<img", page) == []
    assert re.findall(r'(?:src|rel="stylesheet" href)="(?!/static/)[^"]*"', page) == []


@pytest.mark.parametrize("path", PAGES)
def test_page_without_its_pictures_is_light(site: Client, path: str) -> None:
    page = re.sub(r"<svg.*?</svg>", "", site.get(path).content.decode(), flags=re.DOTALL)
    assert len(page.encode()) < 60_000


def test_page_of_real_standing_has_no_band(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path, standing="real")
    page = Client().get("/").content.decode()
    assert ("sample-band" in page, "invented sample" in page) == (False, False)


def test_not_found_says_so_in_the_same_look(site: Client) -> None:
    answer = site.get("/bodies/no-such-office/")
    assert (answer.status_code, "No such body in this release." in answer.content.decode(), SAMPLE_BAND in answer.content.decode()) == (404, True, True)


def test_not_found_without_a_release_still_answers(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    answer = Client().get("/nowhere/")
    assert (answer.status_code, "This page is not here" in answer.content.decode()) == (404, True)


def test_failed_asks_nothing_of_the_release(settings, tmp_path, rf) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    answer = urls.failed(rf.get("/spend/"))
    assert (answer.status_code, "Something went wrong on our side" in answer.content.decode()) == (500, True)
