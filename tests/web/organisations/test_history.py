import re

import pytest
from django.test import Client

PAGE = "/organisations/GB-CHC-9900001/"


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode().replace("\u00a0", " ")))


def test_history_opens_each_line_to_its_row(site: Client) -> None:
    page = site.get(PAGE).content.decode()
    assert re.findall(r'<h3 id="h-[a-z]+">([^<]+)</h3>', page) == [
        "Names",
        "What happened",
        "Other numbers, parents and branches",
        "Income and spending by year",
        "Where it works",
        "What it does",
    ]
    assert page.count('href="/row/?file=invented-register.csv&amp;row=2"') == 48


def test_history_says_how_many_lines_it_leaves_out(site: Client) -> None:
    assert "7 more stand in the table organisation_history of the release." in text(site.get(PAGE).content)


def test_history_tells_income_from_government_and_names_classes(site: Client) -> None:
    page = text(site.get(PAGE).content)
    assert "£20,000 in, £19,000 out, £5,000 of government grants" in page
    assert "A11: Performing and visual arts" in page
    assert "X01: Invented class 1" in page


def test_day_asked_for_is_answered(site: Client) -> None:
    page = text(site.get(f"{PAGE}?on=2014-03-31").content)
    assert "On 31 March 2014: Formerly Invented Friends . It was on its register that day." in page
    assert "Its income of the year to 31 March 2014 was £20,000 (Small: £10,000 to under £100,000)." in page
    assert "At some time, we cannot say when, it was also called The Invented." in page
    assert "Part of Invented Federation." in page
    assert "It became Invented Successors GB-CHC-9900002 (Merged into, 1 June 2031)." in page


def test_day_nothing_is_held_of_says_so(site: Client) -> None:
    page = text(site.get(f"{PAGE}?on=2005-01-01").content)
    assert "On 1 January 2005: no name of that day is held. It was not yet on its register that day. No accounts of that year are held." in page


@pytest.mark.parametrize("day", ["", "31 March 2014", "2014-02-30"])
def test_no_day_of_the_calendar_is_no_question(site: Client, day: str) -> None:
    assert 'id="then"' not in site.get(PAGE, {"on": day}).content.decode()


def test_organisation_without_history_has_no_such_part(site: Client) -> None:
    assert 'id="history"' not in site.get("/organisations/GB-CHC-9900003/").content.decode()
