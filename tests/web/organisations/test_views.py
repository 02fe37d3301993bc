import re

from django.test import Client


def _text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode().replace("\u00a0", " ")))


def test_organisations_are_in_alphabetical_order_and_not_ranked(site: Client) -> None:
    page = site.get("/organisations/").content.decode()
    names = re.findall(r'<th scope="row"><a href="/organisations/[^"]+">([^<]+)</a>', page)
    assert (names, "no verdict and no ranking" in page) == (sorted(names), True)


def test_organisations_hold_no_company(site: Client) -> None:
    assert "Invented Works Ltd" not in site.get("/organisations/").content.decode()


def test_organisations_can_be_found_by_name_and_size(site: Client) -> None:
    assert "Samplers United" in site.get("/organisations/?q=SAMPLERS").content.decode()
    assert "Samplers United" not in site.get("/organisations/?band=micro").content.decode()


def test_organisations_nothing_fits_says_so(site: Client) -> None:
    assert "Nothing fits." in site.get("/organisations/?q=<b>xylophone").content.decode()


def test_organisation_sums_accepted_links_alone(site: Client) -> None:
    page = _text(site.get("/organisations/GB-CHC-9900003/").content)
    found = re.search(r"in (\d+) rows from (\d) public bodies", page)
    probable = re.search(r"(\d+) more rows resemble its name. Nobody has looked at the link, so it is not counted.", page)
    assert found is not None
    assert probable is not None
    assert "Probable" not in page


def test_organisation_has_no_badge_and_no_address(site: Client) -> None:
    page = site.get("/organisations/GB-CHC-9900001/").content.decode()
    assert (re.findall(r'class="verdict ', page), "postcode" in page.casefold()) == ([], False)


def test_organisation_that_is_not_voluntary_has_no_page(site: Client) -> None:
    assert [site.get(f"/organisations/{each}/").status_code for each in ("GB-COH-09900001", "GB-CHC-1")] == [404, 404]


def test_disputed_rows_are_marked_and_counted_until_a_person_has_decided(site: Client) -> None:
    page = site.get("/organisations/GB-CHC-9900001/").content.decode()
    assert "somebody says that 2 rows are not of this organisation" in _text(page.encode())
    assert page.count("ABCD-2345") == 3  # in the answer, and beside each row
    assert "Disputed" not in _text(site.get("/organisations/GB-CHC-9900003/").content)


def test_what_a_list_declares_stands_with_its_day_and_row(site: Client) -> None:
    page = _text(site.get("/organisations/GB-CHC-9900001/").content)
    assert re.search(r"Declared a social enterprise By Invented Register of Social Enterprises, 1 July 2031: \S+, row 3 ?\. Nobody checked it\.", page)
