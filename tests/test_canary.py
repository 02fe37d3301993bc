"""A canary: words planted in everything held are looked for on every page, feed, file, mail and log, as every role that must not see them."""

import logging
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from re import findall
from urllib.parse import urljoin, urlsplit
from zipfile import BadZipFile, ZipFile

import pytest
from django.core import mail
from tests.office import AT, client
from tests.web.conftest import site, static_root, workspace  # noqa: F401  the site over a small invented release

from opencompact.accounts.rules import OF_A_BODY, ROLES, SEES
from opencompact.cli import _office
from opencompact.cli._office import SECRET, SHARED

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # a walk of thousands of pages: other tests show what is covered

ROOTS = ("/", "/office/", "/ledger/", "/asks/", "/silence/", "/meetings/", "/roundtables/", "/audits/", "/verdicts/", "/returns/", "/spend-returns/",
         "/campaigns/", "/posts/", "/challenges/",
         "/review/", "/review/disputes/", "/roles/", "/brief/", "/trail/", "/taking-part/", "/api/v1/", "/no-such-page/",
         "/challenge/?page=/spend/")  # fmt: skip
MOST = 1_500  # addresses a role; the invented office has fewer, and a test says so
# Pages of the record alone, and the form that every one of them leads to: one of it is a root.
PUBLIC = ("/consultations/", "/spend/", "/organisations/", "/methods/", "/files/", "/problems/", "/agreements/", "/row/", "/rows/", "/search", "/static/",
          "/figures/", "/challenge/?")  # fmt: skip
OUTSIDER = "sample-body-that-takes-no-part"
# Roles that see nothing that is held, whatever the body; a lead, an officer, … of a body that takes no part must see nothing either.
BLIND = sorted(set(ROLES) - {role for visibility, reach in SEES.items() if visibility not in ("public", "shared") for role in reach if reach[role] == "any"})


def readable(response) -> str:
    """Every word of an answer, those inside a spreadsheet too, and its headers."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = content.decode("utf-8", errors="replace")
    try:
        with ZipFile(BytesIO(content)) as book:
            text += "".join(book.read(name).decode("utf-8", errors="replace") for name in book.namelist())
    except BadZipFile:
        pass
    return text + str(response.headers)


def walk(browser) -> Iterator[tuple[str, str]]:
    """Every address reached by links from the roots, with what it answered."""
    waiting = list(ROOTS)
    seen = set(waiting)
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        response = browser.get(address)
        text = readable(response)
        yield address, text
        links = findall(r'(?:href|action)="([^"#]+)', unescape(text)) if "html" in response.headers.get("Content-Type", "") else []
        found = [*filter(None, [response.headers.get("Location")]), *(onward(address, link) for link in links)]
        waiting += [each for each in dict.fromkeys(found) if each not in seen]
        seen.update(found)


def onward(address: str, link: str) -> str:
    """The address a link leads to, where it is of the office; else the start page."""
    parts = urlsplit(urljoin(address, link))
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return "/" if parts.netloc or path.startswith(PUBLIC) else path


def test_held_words_reach_nobody_they_are_not_for(site, caplog):  # noqa: F811  the fixture that is imported, by its name
    caplog.set_level(logging.DEBUG)
    _office.plant(AT)
    told = {}
    for role in BLIND:
        answers = dict(walk(client(role, OUTSIDER if role in OF_A_BODY else "")))
        told[role] = {
            "held": [address for address, text in answers.items() if SECRET in text],
            "not reached": sorted(set(ROOTS) - set(answers)),
            "all reached": len(answers) < MOST,
            "shared": any(SHARED in text for text in answers.values()),
        }
    assert told == {role: {"held": [], "not reached": [], "all reached": True, "shared": role in SEES["shared"]} for role in BLIND}
    assert [each.subject for each in mail.outbox if SECRET in each.subject + each.body] == []
    assert [each.subject for each in mail.outbox if SHARED in each.subject + each.body] == []
    assert SECRET not in caplog.text
    assert SHARED not in caplog.text


def test_canary_sings_where_it_may(site):  # noqa: F811  the fixture that is imported, by its name
    _office.plant(AT)
    for role in ("central", "auditor"):
        assert any(SECRET in text for _, text in walk(client(role))), role
