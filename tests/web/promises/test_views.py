import re

from django.test import Client
from tests.web.invented import AT, build


def _text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode().replace("\u00a0", " ")))


def test_home_says_first_what_can_be_tested_and_what_not(site: Client) -> None:
    page = _text(site.get("/").content)
    assert "Of 16 undertakings we can test 2 today; 14 nobody can yet test." in page
    assert page.index("nobody can yet test") < page.index("promises and bodies") < page.index("What changed since the last release")


def test_home_names_every_badge_of_its_matrix(site: Client) -> None:
    page = site.get("/").content.decode()
    assert [word in page for word in ('href="#v-unexplained"', 'href="#v-cannot_tell"', "nobody can<br>test yet")] == [True] * 3


def test_home_without_verdicts_says_why(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path, years=range(2028, 2028))
    page = _text(Client().get("/").content)
    assert "we can test 0 today; 16 nobody can yet test" in page
    assert "No body has a verdict yet" in page


def test_agreements_count_undertakings(site: Client) -> None:
    page = _text(site.get("/agreements/").content)
    assert ("16 undertakings in 2 agreements" in page, "15 undertakings ; 2 tested today." in page) == (True, True)


def test_agreement_flags_unconfirmed_wording_and_says_what_stands_in_the_way(site: Client) -> None:
    page = _text(site.get("/agreements/compact-2010/").content)
    assert "Of its 15 undertakings , 2 can be tested today. The wording of 14 is not confirmed yet." in page
    assert page.count("Wording unconfirmed") == 14
    assert page.count("No verdict. It needs evidence and a named assessor.") == 13


def test_agreement_unknown_is_not_here(site: Client) -> None:
    assert [site.get(path).status_code for path in ("/agreements/compact-1066/", "/agreements/compact-2010/9.9/")] == [404, 404]


def test_undertaking_lists_bodies_kin_and_figures(site: Client) -> None:
    page = site.get("/agreements/compact-2010/2.4/").content.decode()
    assert "7\u00a0bodies" in page
    assert [
        link in page for link in ('href="/agreements/covenant/1/"', 'href="/methods/consultation-length/"', 'href="/consultations/?body=borough-of-nowhere"')
    ] == [True] * 3
    assert "this is not a ranking" in page


def test_undertaking_nobody_can_test_says_cannot_tell(site: Client) -> None:
    page = _text(site.get("/agreements/compact-2010/1.1/").content)
    assert "Nobody can test this promise yet. Cannot tell" in page


def test_undertaking_shows_its_signs(site: Client) -> None:
    page = _text(site.get("/agreements/covenant/1/").content)
    assert ("Groups are asked early." in page, "Groups keep quiet for fear of losing money. (wording unconfirmed)" in page) == (True, True)


def test_rule_sets_say_where_none_is_set(site: Client) -> None:
    page = _text(site.get("/rule-sets/").content)
    assert ("1 January 2027 to 16 July 2029" in page, "none set" in page, f"{AT:%Y}" in page) == (True, True, True)
