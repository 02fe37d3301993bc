import csv
import re
from io import StringIO

import pytest
from django.test import Client


def _rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def _counted(page: str) -> int:
    found = re.search(r"(\d+)\u00a0consultations? (?:is|are)", page)
    return int(found[1]) if found else 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=library",
        "q=LIBRARY+hours",
        "body=ministry-of-samples",
        "year=2030",
        "short=under-84",
        "short=under-42",
        "short=84-or-more",
        "short=unknown",
        "kind=call_for_evidence",
    ],
)
def test_register_csv_has_the_rows_of_the_same_filter(site: Client, query: str) -> None:
    page = site.get(f"/consultations/?{query}").content.decode()
    assert len(_rows(site.get(f"/consultations/?{query}&format=csv"))) == _counted(page) > 0


@pytest.mark.parametrize(("rule", "column"), [("compact", "verdict_by_compact"), ("government", "verdict_by_government_rule")])
def test_register_verdict_is_by_the_rule_asked_for(site: Client, rule: str, column: str) -> None:
    rows = _rows(site.get(f"/consultations/?verdict=met&rule={rule}&format=csv"))
    assert {row[column] for row in rows} == {"met"}


@pytest.mark.parametrize(("order", "column"), [("shortest", "days_open"), ("longest", "days_open"), ("title", "title"), ("body", "body")])
def test_register_can_be_sorted(site: Client, order: str, column: str) -> None:
    page = site.get(f"/consultations/?sort={order}&short=under-84").content.decode()
    days = [int(each) for each in re.findall(r'<td class="number">(\d+)</td>', page)]
    expected = {"shortest": sorted(days), "longest": sorted(days, reverse=True)}.get(order, days)
    assert (days, f'<option value="{order}" selected>' in page, column in ("days_open", "title", "body")) == (expected, True, True)


def test_register_pages_hold_everything_once(site: Client) -> None:
    seen: list[str] = []
    for at in (1, 2):
        page = site.get(f"/consultations/?page={at}").content.decode()
        seen += re.findall(r'<th scope="row"><a href="(/consultations/[^"]+)"', page)
    assert len(seen) == len(set(seen)) == _counted(page)


def test_register_page_beyond_the_last_is_the_last(site: Client) -> None:
    assert "Page 2 of 2" in site.get("/consultations/?page=999").content.decode()


def test_register_nothing_fits_says_so(site: Client) -> None:
    page = site.get("/consultations/?q=xylophone").content.decode()
    assert ("No consultation held here fits." in page, "<td" in page) == (True, False)


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999", "short=drop", "verdict=splendid", "sort=;--", "page=-1", "q=%00", "rule=mine", "kind=none", "body=%27%20OR%201=1"]
)
def test_register_odd_filters_do_no_harm(site: Client, query: str) -> None:
    assert site.get(f"/consultations/?{query}").status_code == 200


def test_register_what_was_typed_is_escaped(site: Client) -> None:
    page = site.get("/consultations/?q=<script>alert(1)</script>%22").content.decode()
    assert ("<script>" in page, 'value="&lt;script&gt;alert(1)&lt;/script&gt;&quot;"' in page) == (False, True)


def test_register_csv_runs_no_formula_and_says_sample(site: Client) -> None:
    answer = site.get("/consultations/?format=csv")
    titles = [row["title"] for row in _rows(answer)]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="INVENTED-SAMPLE-opencompact-draft-consultations.csv"'
    assert [title for title in titles if title.startswith("=")] == []
    assert any(title.startswith("'=HYPERLINK") for title in titles)


def test_register_counts_calls_for_evidence_and_says_so(site: Client) -> None:
    page = site.get("/consultations/").content.decode()
    assert re.search(r"\d+ of them calls for evidence", page)


def _first(site: Client, query: str) -> str:
    return re.findall(r'<th scope="row"><a href="(/consultations/[^"]+)"', site.get(f"/consultations/?{query}").content.decode())[0]


def test_consultation_explained_is_quoted(site: Client) -> None:
    page = site.get(_first(site, "verdict=explained")).content.decode()
    assert ("<blockquote><p>A shorter period is needed" in page, "Found in: the page." in page) == (True, True)


def test_consultation_unexplained_says_where_we_looked_and_accuses_nobody(site: Client) -> None:
    page = site.get(_first(site, "verdict=unexplained")).content.decode().replace("\u00a0", " ")
    assert [
        each in page
        for each in ("We found no explanation on the pages read on 3 March 2032.", "Where we looked: the page", "That does not mean there was none.")
    ] == [True] * 3


def test_consultation_without_dates_says_cannot_be_told(site: Client) -> None:
    page = site.get(_first(site, "short=unknown")).content.decode()
    assert ("The length cannot be told from the record held." in page, "The closing day is not held" in page, "<svg xmlns" in page) == (True, True, False)


def test_consultation_government_and_compact_stand_apart(site: Client) -> None:
    page = site.get(_first(site, "year=2031&short=under-42&kind=consultation")).content.decode()
    assert ("the government’s rule" in page, "the Compact’s rule" in page, page.count('<a href="/rule-sets/#') == 2) == (True, True, True)


def test_consultation_title_is_escaped(site: Client) -> None:
    page = site.get(_first(site, "q=HYPERLINK")).content.decode()
    assert ("&lt;b&gt;" in page, "<b>" in page) == (True, False)


def test_consultation_unknown_is_not_here(site: Client) -> None:
    assert site.get("/consultations/department-for-examples/none/").status_code == 404
