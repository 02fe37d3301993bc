import re

from django.test import Client
from tests.web.invented import build


def _text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode().replace("\u00a0", " ")))


def test_spend_shows_the_three_kinds_apart_with_what_is_unidentified(site: Client) -> None:
    page = _text(site.get("/spend/").content)
    assert [f"{kind}: £" in page for kind in ("Payments", "Grants", "Contracts")] == [True] * 3
    assert page.count("went to payees nobody can identify") == 3


def test_spend_shows_coverage_and_probable_links(site: Client) -> None:
    page = _text(site.get("/spend/").content)
    assert ("95 months are held, 1 between the first and last are not" in page, "rest on probable links that nobody has reviewed" in page) == (True, True)


def test_spend_bands_run_from_the_smallest(site: Client) -> None:
    page = _text(site.get("/spend/").content)
    places = [page.index(band) for band in ("Micro: under £10,000", "Medium: £100,000", "Large: £1 million", "Accounts of that year not held")]
    assert places == sorted(places)


def test_spend_without_rows_says_what_would_fill_it(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path, years=range(2028, 2028))
    page = _text(Client().get("/spend/").content)
    assert ("No payment, grant or contract is in this release." in page, page.count("given to the build fills this part")) == (True, 3)


def test_spend_says_on_which_stage_the_money_stands_and_between_what_the_voluntary_part_lies(site: Client) -> None:
    page = _text(site.get("/spend/").content)
    assert page.count("how the payees were identified") == 3
    assert all(words in page for words in ("By a number the publisher gave", "By a person", "Only likely: nobody has looked", "Not identified"))
    assert page.count("between what the voluntary part lies") == 3
    assert page.count("Surely voluntary: by number, exact name or a person") == page.count("If everybody not identified were voluntary too") == 3
