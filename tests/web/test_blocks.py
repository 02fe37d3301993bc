"""The blocks of a page: cells that say what is missing, tables that are files too, bars on one scale, lists cut into pages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from tests.web.reading import raw, rows, words

from opencompact.asking.rules.questions import Question, Refusal
from opencompact.web.blocks import Bars, Cell, Entry, Facts, Filters, Links, Paging, Press, Table, Words, as_csv, cell, paged
from opencompact.web.forms import blank, refused


class Page:
    """What `reading` reads of an answer."""

    streaming = False

    def __init__(self, *blocks, **more) -> None:
        parts = [render_to_string(f"office/blocks/{block.kind}.html", {"block": block, "number": place, **more}) for place, block in enumerate(blocks)]
        self.content = "".join(parts).encode()


@pytest.mark.parametrize(
    ("value", "text", "missing"),
    [
        (None, "not held", True),
        (0, "0", False),
        (1234, "1,234", False),
        (Decimal("1234.5"), "£1,234.50", False),
        (date(2031, 5, 6), "6 May 2031", False),
        (datetime(2031, 5, 6, 9, tzinfo=UTC), "6 May 2031", False),
        ("words", "words", False),
        ("", "", False),
        (Cell("nobody", is_missing=True), "nobody", True),
    ],
)
def test_value_is_a_cell_and_missing_is_never_nought(value, text: str, missing: bool) -> None:
    assert (cell(value).text.replace("\u00a0", " "), cell(value).is_missing) == (text, missing)


def test_table_keeps_numbers_apart_and_escapes_what_people_wrote() -> None:
    page = Page(Table("T", ("Who", "#How many"), [(Cell("<b>A</b>", "/a/", note="of old"), 3), ("B", None)], "None.", "A note.", "/t.csv"))
    assert rows(page, "T") == [["<b>A</b> of old", "3"], ["B", "not held"]]
    text = raw(page)
    assert ("<b>A" in text, 'href="/t.csv"' in text, "A note." in text, text.count('class="number missing"'), text.count('scope="col"')) == (
        False, True, True, 1, 2,
    )  # fmt: skip


def test_table_without_rows_says_why_and_is_no_file() -> None:
    page = Page(Table("T", ("Who",), [], "Nobody yet. The centre puts them here.", csv="/t.csv"))
    assert ("Nobody yet. The centre puts them here." in words(page), "<table" in raw(page), "/t.csv" in raw(page)) == (True, False, False)


def test_table_with_a_row_of_another_length_is_a_mistake_that_shows() -> None:
    with pytest.raises(ValueError, match="argument 2 is longer"):
        Table("T", ("A", "B"), [("only",)], "").shown_rows  # noqa: B018  asking is what refuses


@pytest.mark.parametrize(("is_sample", "name"), [(True, "INVENTED-SAMPLE-opencompact-t.csv"), (False, "opencompact-t.csv")])
def test_file_of_a_table_holds_values_and_runs_nothing(is_sample: bool, name: str) -> None:
    table = Table("T", ("Who", "#How many", "When"), [(Cell("=1+1", "/a/", note="not in the file"), 1234, date(2031, 5, 6)), ("a,b", None, None)], "")
    response = as_csv(table, "t", is_sample=is_sample)
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert raw(response).splitlines() == ["Who,How many,When", "'=1+1,1234,2031-05-06", '"a,b",,']


def test_facts_show_what_is_missing_as_missing() -> None:
    page = Page(Facts([("Due", None), ("Kind", "Offer"), ("Where", Cell("here", "/x/"))], "Known"))
    assert ('<dd class="missing">not held' in raw(page), '<a href="/x/">here</a>' in raw(page), "<h2>Known</h2>" in raw(page)) == (True, True, True)


def test_bars_are_drawn_to_one_scale_and_nought_has_no_length() -> None:
    assert Bars([("a", 50, "50"), ("b", 200, "200"), ("c", 0, "0")]).shown == [("a", 25, "50"), ("b", 100, "200"), ("c", 0, "0")]
    assert (Bars([]).shown, Bars([("a", 0, "0")]).shown) == ([], [("a", 0, "0")])


@pytest.mark.parametrize("block", [Links([], "H"), Press([], "H")])
def test_block_of_nothing_shows_nothing(block) -> None:
    assert words(Page(block)) == ""


def test_buttons_are_posted_with_their_fields_and_their_token() -> None:
    page = raw(Page(Press([("Go", {"act": "go", "n": 3})], "H", "Why.", "/there/"), csrf_token="t"))
    assert ('<form method="post" action="/there/">' in page, 'name="csrfmiddlewaretoken"' in page) == (True, True)
    assert ('name="act" value="go"' in page, 'name="n" value="3"' in page) == (True, True)


def test_form_is_closed_until_something_is_refused_and_its_fields_are_its_own() -> None:
    questions = (Question("on", "Day", "day", required=True),)
    closed = raw(Page(Entry(blank(questions), "Go", "one", "Heading", is_closed=True, version=0)))
    opened = raw(Page(Entry(refused(questions, {}, [Refusal("on", "", "a day")]), "Go", "one", "Heading", is_closed=True)))
    assert ("<details" in closed, "<details" in opened, 'id="f-oneon"' in closed, 'name="version" value="0"' in closed) == (True, False, True, True)
    assert ('id="f-oneon-why"' in opened, 'name="version"' in opened) == (True, False)


def test_filters_are_sent_by_address() -> None:
    page = raw(Page(Filters((("kind", "Kind", {"a": "A"}, "a"), ("q", "Words", {}, '"x')), "/list/")))
    assert ('action="/list/" method="get"' in page, 'value="&quot;x"' in page, "selected" in page) == (True, True, True)


def test_words_are_paragraphs_that_run_nothing() -> None:
    assert '<p class="said">&lt;script&gt;</p>' in raw(Page(Words(["<script>"])))


@pytest.mark.parametrize(
    ("at", "shown", "expected"),
    [
        (1, [0, 1, 2], Paging(1, 3, "", "/l/?page=2")),
        (2, [3, 4, 5], Paging(2, 3, "/l/?page=1", "/l/?page=3")),
        (3, [6], Paging(3, 3, "/l/?page=2", "")),
        (99, [6], Paging(3, 3, "/l/?page=2", "")),
        (-1, [0, 1, 2], Paging(1, 3, "", "/l/?page=2")),
    ],
)
def test_long_list_is_cut_and_a_page_past_its_end_is_the_last(at: int, shown: list[int], expected: Paging) -> None:
    assert paged(list(range(7)), at=at, size=3, address="/l/?") == (shown, expected)


def test_list_of_nothing_has_one_page() -> None:
    assert paged([], at=1, size=3, address="/l/?") == ([], Paging(1, 1))
