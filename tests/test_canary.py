"""A canary: words planted in everything held are looked for on every page, feed, file, mail and log, as every role that must not see them."""

import logging
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

pytestmark = pytest.mark.django_db

ROOTS = ("/", "/office/", "/ledger/", "/asks/", "/silence/", "/meetings/", "/roundtables/", "/audits/", "/verdicts/", "/returns/", "/spend-returns/",
         "/campaigns/", "/posts/", "/challenges/",
         "/review/", "/review/disputes/", "/roles/", "/brief/", "/trail/", "/taking-part/", "/api/v1/", "/no-such-page/")  # fmt: skip
MOST = 600  # addresses a role; the invented office has fewer
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


def walk(browser) -> dict[str, str]:
    """Every address reached by links from the roots, with what it answered."""
    waiting, answers = list(ROOTS), {}
    while waiting and len(answers) < MOST:
        address = waiting.pop(0)
        if address in answers:
            continue
        response = browser.get(address)
        answers[address] = text = readable(response)
        if response.headers.get("Location"):
            waiting.append(response.headers["Location"])
        links = findall(r'(?:href|action)="([^"#]+)', unescape(text)) if "html" in response.headers.get("Content-Type", "") else []
        waiting += [found for link in links if (found := onward(address, link)) not in answers]
    return answers


def onward(address: str, link: str) -> str:
    """The address a link leads to, where it is of the office or one page of the record of each kind; else the start page."""
    parts = urlsplit(urljoin(address, link))
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    public = (
        "/consultations/",
        "/spend/",
        "/organisations/",
        "/methods/",
        "/files/",
        "/problems/",
        "/agreements/",
        "/rows/",
        "/search",
        "/static/",
        "/figures/",
    )
    return "/" if parts.netloc or path.startswith(public) else path


@pytest.mark.parametrize("role", BLIND)
def test_held_words_reach_nobody_they_are_not_for(role, site, caplog):  # noqa: F811
    caplog.set_level(logging.DEBUG)
    _office.plant(AT)
    answers = walk(client(role, OUTSIDER if role in OF_A_BODY else ""))
    assert [address for address, text in answers.items() if SECRET in text] == []
    assert {root for root in ROOTS if root not in answers} == set()
    assert [each.subject for each in mail.outbox if SECRET in each.subject + each.body] == []
    assert SECRET not in caplog.text
    works = role in SEES["shared"]
    assert any(SHARED in text for text in answers.values()) == works
    assert [each.subject for each in mail.outbox if SHARED in each.subject + each.body] == []
    assert SHARED not in caplog.text


@pytest.mark.parametrize("role", ["central", "auditor"])
def test_canary_sings_where_it_may(role, site):  # noqa: F811
    _office.plant(AT)
    assert any(SECRET in text for text in walk(client(role)).values())
