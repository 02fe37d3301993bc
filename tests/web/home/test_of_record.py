"""First pages of those who read the record: of their own body where they have one, of every body else, and honest where nothing is held."""

import pytest
from tests.office import EXAMPLES, bodies
from tests.web.home.homes import opened

from opencompact.web.home.of_record import FOUND_HERE, analyst, anybody, charity, commissioner, prime

pytestmark = pytest.mark.django_db
BODY = "department-for-examples"
NONE = "No release is made yet"


def said(first) -> str:
    return " ".join(first.answer).replace("\u00a0", " ")


@pytest.mark.parametrize(("page", "role"), [(charity, "charity"), (commissioner, "commissioner"), (analyst, "analyst"), (prime, "prime"), (anybody, "public")])
def test_page_without_a_release_shows_no_figure(settings, tmp_path, page, role: str) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    first = page(opened(role))
    tables = [block for block in first.blocks if block.kind == "table" and block.caption != "What each finds here"]
    assert [(list(table.rows), table.empty.startswith(NONE)) for table in tables] == [([], True)] * len(tables)
    assert (NONE in said(first) or page in (analyst, prime), len(first.acts) > 1) == (True, True)


def test_numbers_are_those_of_the_tables_below(site) -> None:
    first = charity(opened("charity"))
    asked, bids = (int(block.note.rsplit(" ", 1)[1].rstrip(".")) for block in first.blocks[:2])
    assert (f"{asked} consultation" in said(first), f"{bids} tender" in said(first)) == (True, True)


def test_commissioner_sees_their_own_tenders_and_not_everybodys(site) -> None:
    bodies()
    first = commissioner(opened("commissioner", EXAMPLES))
    assert "of Department of Examples stood open on the day of the release" in said(first)
    assert (f"/bodies/{EXAMPLES}/", "What the record shows of Department of Examples", "") in first.acts
    assert list(commissioner(opened("commissioner")).blocks[0].rows) == []


def test_analyst_has_a_table_for_each_body_and_one_of_every_body_without(site) -> None:
    assert [block.caption for block in analyst(opened("analyst", BODY, "ministry-of-samples")).blocks] == ["Our money: every body"] * 2
    assert [block.caption for block in analyst(opened("analyst")).blocks] == ["Our money: every body"]


def test_anybody_is_told_of_each_first_question(site) -> None:
    first = anybody(opened("public"))
    assert [tuple(row) for row in first.blocks[0].rows] == list(FOUND_HERE)
    assert (len(FOUND_HERE), [address for address, _, _ in first.blocks[1].links]) == (9, ["/releases/", "/methods/", "/files/"])
