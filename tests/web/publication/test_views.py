import hashlib

import pytest
from django.test import Client
from tests.web.invented import build


def test_releases_list_files_with_size_and_checksum(site: Client, workspace) -> None:
    page = site.get("/releases/").content.decode()
    digest = hashlib.sha256((workspace / "releases/draft/tables/consultations.csv").read_bytes()).hexdigest()
    assert [
        each in page
        for each in ('href="/downloads/draft/tables/consultations.csv"', digest, "sha256sum --check checksums.txt", "Draft: the next build replaces it")
    ] == [True] * 4


@pytest.mark.django_db  # an answer that ends lets go of a connection, should there be one
def test_download_is_the_file_as_it_stands(site: Client, workspace) -> None:
    answer = site.get("/downloads/draft/tables/bodies.csv")
    assert b"".join(answer.streaming_content) == (workspace / "releases/draft/tables/bodies.csv").read_bytes()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="INVENTED-SAMPLE-opencompact-draft-tables-bodies.csv"'
    answer.close()


@pytest.mark.parametrize(
    "path", ["draft/tables/none.csv", "draft/../../lake/manifest.json", "draft//etc/passwd", "2031-01/checksums.txt", "../draft/checksums.txt", "draft/tables"]
)
def test_download_of_anything_else_is_refused(site: Client, path: str) -> None:
    assert site.get(f"/downloads/{path}").status_code == 404


def test_download_without_a_draft_is_not_here(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    assert Client().get("/downloads/draft/checksums.txt").status_code == 404


def test_search_finds_each_kind_apart(site: Client) -> None:
    page = site.get("/search/?q=samples").content.decode()
    assert ('id="k-body"' in page, 'href="/bodies/ministry-of-samples/"' in page, 'id="k-consultation"' in page) == (True, True, True)


def test_search_of_one_kind_has_pages(site: Client) -> None:
    page = site.get("/search/?q=season&kind=consultation").content.decode()
    assert ("Page 1 of" in page, 'rel="next"' in page, 'id="k-body"' in page) == (True, True, False)


def test_search_what_was_typed_is_escaped(site: Client) -> None:
    page = site.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert ("<script>" in page, "&lt;script&gt;" in page) == (False, True)


@pytest.mark.parametrize("query", ["", "q=", "q=%22", "q=*", "q=a+OR+b", "q=xylophone", "q=season&page=400&kind=consultation", "q=%00"])
def test_search_odd_words_do_no_harm(site: Client, query: str) -> None:
    assert site.get(f"/search/?{query}").status_code == 200


def test_search_never_finds_a_withheld_name(site: Client) -> None:
    assert "Nothing in this release has all these words." in site.get("/search/?q=withheld").content.decode()


@pytest.mark.parametrize("path", ["/accessibility/", "/privacy/"])
def test_contact_is_given_where_it_is_set(site: Client, settings, path: str) -> None:
    settings.OPENCOMPACT_CONTACT = "office@example.org"
    assert 'href="mailto:office@example.org"' in site.get(path).content.decode()


def test_robots_keep_out_of_endless_filters(site: Client) -> None:
    assert "Disallow: /*?" in site.get("/robots.txt").content.decode()


def test_releases_one_that_cannot_be_read_is_left_out(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path)
    broken = tmp_path / "releases" / "2031-01"
    broken.mkdir()
    (broken / "release.json").write_text("{")
    page = Client().get("/releases/").content.decode()
    assert ('id="r-draft"' in page, "2031-01" in page) == (True, False)
