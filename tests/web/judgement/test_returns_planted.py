"""The invented returns and campaigns: every page in every state, and nothing held on any of them."""

from re import findall

import pytest
from django.utils import timezone
from tests.office import VOICE, client

from opencompact.cli._office import SECRET
from opencompact.cli._office import bodies as planted_bodies
from opencompact.cli._office import returns as planted
from opencompact.judgement.models import Addressee
from opencompact.judgement.queries import returns as queries
from opencompact.judgement.rules.campaigns import STATES
from opencompact.judgement.rules.returns import RESPONSES
from opencompact.web.judgement.returns_sets import names_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> None:
    planted_bodies.plant(timezone.now())
    planted.plant(timezone.now())


def pages(browser) -> dict[str, str]:
    """Every page and file of returns and campaigns, by its address."""
    waiting, found = ["/returns/", "/campaigns/"], {}
    while waiting:
        address = waiting.pop()
        response = browser.get(address)
        found[address] = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        links = findall(r'href="(/(?:returns|campaigns)/[^"#]*)"', found[address])
        waiting += [link for link in dict.fromkeys(links) if link not in found and link not in waiting and "/new/" not in link]
    return found


def test_every_state_and_response_is_there(office) -> None:
    assert set(Addressee.objects.values_list("state", flat=True)) == set(STATES)
    said = set()
    for kind in ("return", "campaign"):
        for row in queries.rounds(kind):
            said |= {line.response for line in queries.lines(planted.BY, row, asked=names_of(row.questions), today=timezone.localdate())}
    assert said == set(RESPONSES)


@pytest.mark.parametrize(("role", "body"), [("public", ""), ("lead", "sample-body-that-takes-no-part"), ("charity", VOICE), ("sector", VOICE)])
def test_nothing_held_is_on_any_page(office, role: str, body: str) -> None:
    found = pages(client(role, body))
    assert len(found) > 30
    assert {address for address, text in found.items() if SECRET in text} == set()


def test_held_answers_are_there_for_the_central_team(office) -> None:
    found = pages(client("central"))
    assert {address.split("/")[1] for address, text in found.items() if SECRET in text} == {"returns"}
