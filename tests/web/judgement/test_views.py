import re

from django.test import Client


def _text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode().replace("\u00a0", " ")))


def test_bodies_nothing_held_come_first_and_are_no_finding(site: Client) -> None:
    page = _text(site.get("/bodies/").content)
    assert page.index("Nothing held: 1 body") < page.index("Ministry of Samples")
    assert "That is not a finding that they published nothing." in page


def test_bodies_are_not_ranked(site: Client) -> None:
    page = site.get("/bodies/").content.decode()
    departments = page[page.index('id="t-department"') :].partition("</table>")[0]
    names = re.findall(r'<th scope="row"><a href="/bodies/[^"]+">([^<]+)</a>', departments)
    assert names == sorted(names)


def test_body_joins_the_record_of_the_body_it_continues(site: Client) -> None:
    page = _text(site.get("/bodies/department-for-examples/").content)
    assert "It continues Department for Older Examples" in page
    assert "2028: " in site.get("/bodies/department-for-examples/").content.decode()


def test_body_that_ended_shows_its_own_record_alone(site: Client) -> None:
    page = _text(site.get("/bodies/department-for-older-examples/").content)
    assert ("ended 31 March 2029" in page, "It was continued by Department for Examples" in page, "as one history" in page) == (True, True, False)


def test_body_says_what_is_not_held(site: Client) -> None:
    page = _text(site.get("/bodies/department-for-examples/").content)
    assert ("Payments , not held here: May 2028." in page, "It has not been asked yet." in page) == (True, True)


def test_body_of_which_nothing_is_held_says_what_would_fill_the_page(site: Client) -> None:
    page = _text(site.get("/bodies/silent-office/").content)
    assert ("No consultation of this body is held." in page, "Nothing of its record is held." in page) == (True, True)


def test_methods_give_value_or_reason(site: Client) -> None:
    page = _text(site.get("/methods/").content)
    assert ("Short consultations" in page, "4 figures" in page) == (True, True)


def test_method_shows_sql_and_worked_examples(site: Client) -> None:
    page = site.get("/methods/consultations-under-12-weeks/").content.decode()
    assert ("WHERE days_open &lt; 84" in page, "Each is run as a test of the SQL above." in page, "Exactly 84 days is not under 12 weeks" in page) == (
        True,
        True,
        True,
    )


def test_method_unknown_is_not_here(site: Client) -> None:
    assert site.get("/methods/guesswork/").status_code == 404
