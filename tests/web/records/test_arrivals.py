import csv
import html
import re

import pytest
from django.core.cache import cache
from tests.web import invented

from opencompact.registry import load_catalogue
from opencompact.web import showing

PATH = "/sources/completeness/"


def text_of(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.replace("\u00a0", " "))))


@pytest.fixture
def nothing_fetched(tmp_path, settings, monkeypatch):
    """A site over a release for which nothing was fetched."""
    monkeypatch.setattr(invented, "arrivals", list)
    settings.OPENCOMPACT_WORKSPACE = invented.build(tmp_path)
    showing._open.clear()
    cache.clear()
    yield
    showing._open.clear()


def test_page_says_how_many_days_are_proved_and_what_is_missing(site):
    text = text_of(site.get(PATH).content.decode())
    assert "Of 43 days asked of 3 sources, 33 are proved complete and 4 have gaps. 2 cannot be proved yet. 4 were not asked for." in text
    assert "We know of 2 items offered that did not arrive. For 2 days nobody can say how many are missing." in text


def test_page_lists_the_days_that_are_not_whole_latest_first_with_what_is_missing(site):
    page = site.get(PATH).content.decode()
    listed = page[page.index('id="wanting"') : page.index("Every day</h2>")]
    days = re.findall(r'<th scope="row">(\d+)\u00a0(\w+)\u00a02032', listed)
    assert days[:2] == [("1", "March"), ("1", "March")]
    assert len(days) == 10
    assert "Missing: &lt;b&gt;000001-2032&lt;/b&gt;." in listed


def test_page_has_a_picture_with_its_words(site):
    page = site.get(PATH).content.decode()
    assert "Sample notices: 16 days complete, 2 days with gaps, 1 day not proved: no count is offered, 2 days not yet asked" in page


def test_page_names_live_sources_not_asked(site):
    text = text_of(site.get(PATH).content.decode())
    catalogue = load_catalogue()
    assert [title for slug in catalogue.feeds if (title := catalogue.sources[slug].title) not in text and slug != "find-a-tender"] == []


def test_days_can_be_kept_as_csv(site):
    response = site.get(f"{PATH}?format=csv")
    rows = list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))
    assert (len(rows), rows[0]["state"], "words" in rows[0]) == (43, "complete", False)


def test_page_before_anything_was_fetched_says_so(nothing_fetched, client):
    for path in (PATH, f"{PATH}?format=csv"):
        page = client.get(path).content.decode()
        assert ("Nothing was fetched from a live source for this release." in page, "opencompact sources harvest" in page) == (True, True)


def test_files_lead_to_the_page(site):
    assert f'href="{PATH}"' in site.get("/files/").content.decode()
