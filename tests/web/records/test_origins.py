import re

from django.test import Client

FILE = "spend/borough-of-nowhere-2028.csv"


def test_files_add_up_by_source(site: Client) -> None:
    page = site.get("/files/").content.decode()
    assert ("Invented payments" in page, "spend/copy%20of%20%3Cspend%3E.csv" in page, "spend/copy of &lt;spend&gt;.csv" in page) == (True, True, True)
    assert "No source reads files of this kind." in page


def test_file_shows_problems_by_kind_with_their_row(site: Client) -> None:
    page = site.get(f"/files/{FILE}/").content.decode()
    assert [each in page for each in ("3\u00a0problems", "No such date", "2028-09-31", f'href="/row/?file={FILE.replace("/", "%2F")}&amp;row=4"')] == [True] * 4


def test_file_copy_says_of_what(site: Client) -> None:
    page = site.get("/files/spend/copy%20of%20%3Cspend%3E.csv/").content.decode()
    assert "so it counts once" in page


def test_file_unknown_is_not_here(site: Client) -> None:
    assert [site.get(path).status_code for path in ("/files/../../etc/passwd/", "/files/none.csv/", "/row/?file=none.csv&row=1", "/row/")] == [404] * 4


def test_problems_count_kinds_and_files(site: Client) -> None:
    assert "<strong>3\u00a0problems</strong> of 3\u00a0kinds in 1\u00a0file" in site.get("/problems/").content.decode()


def test_row_shows_what_was_made_of_it(site: Client) -> None:
    page = site.get(f"/row/?file={FILE}&row=4").content.decode()
    assert ("row 4" in page, "aaaaaaaa" in page, "2028-09-31" in page) == (True, True, True)


def test_row_without_a_number_points_to_the_file(site: Client) -> None:
    assert "No row was named." in site.get(f"/row/?file={FILE}&row=x").content.decode()


def test_row_of_a_withheld_payee_says_withheld(site: Client) -> None:
    page = site.get("/figures/payments-to-voluntary/department-for-examples/all/").content.decode()
    link = re.search(r'<th scope="row">withheld</th>.*?<a href="(/row/[^"]+)"', page, re.DOTALL)
    assert link is not None
    row = site.get(link[1].replace("&amp;", "&")).content.decode()
    assert re.search(r"<dt>Payee name</dt>\s*<dd>withheld</dd>", row)
