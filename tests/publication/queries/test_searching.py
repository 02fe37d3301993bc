"""A search over the pages of a release."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.lakes import UNITY
from tests.publication.releases import lake_with, write_draft

from opencompact.publication.queries import Found, Hit, open_release, search


@pytest.fixture
def reader(releases):
    return open_release(releases)


def paths(reader, text, **asked):
    return [hit.path for hit in search(reader, text=text, **asked).hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CAFE nowh", ["/organisations/GB-CHC-sample-1/"]),
        ("village halls", [f"/consultations/{UNITY}/halls-2031/"]),
        ("twelve weeks", ["/agreements/sample-compact/1.1/"]),
        ("GB-CHC-sample-1", ["/organisations/GB-CHC-sample-1/"]),
        ("boats", []),
        ("halls zebra", []),
        ("withheld", []),
    ],
)
def test_pages_hold_every_word_and_begin_with_the_last(reader, text, expected):
    assert paths(reader, text) == expected


def test_title_comes_before_text_and_kinds_narrow(reader):
    body, *consultations = paths(reader, "department for unity")
    assert (body, sorted(consultations)) == (f"/bodies/{UNITY}/", [f"/consultations/{UNITY}/halls-2031/", f"/consultations/{UNITY}/water-2031/"])
    assert paths(reader, "unity", kinds=["body", "agreement"]) == [f"/bodies/{UNITY}/"]


def test_near_equals_go_by_weight(tmp_path):
    bodies = [{"standing": "sample", "body": f"sample-{name}", "name": f"Moor {name}", "kind": "council", "history": f"sample-{name}"} for name in ("aa", "bb")]
    consultation = {"standing": "sample", "source": "s", "source_file": "s.csv", "body": "sample-bb", "consultation_id": "sample-bb/moor"}
    write_draft(tmp_path, lake_with(tmp_path / "lake", bodies=bodies, consultations=[{**consultation, "source_row": 1}]))
    assert paths(open_release(tmp_path), "moor", kinds=["body"]) == ["/bodies/sample-bb/", "/bodies/sample-aa/"]


def test_hit_marks_the_words_found(reader):
    assert search(reader, text="fair villages") == Found(
        1,
        (
            Hit(
                f"/consultations/{UNITY}/water-2031/",
                "consultation",
                "Water for all",
                (
                    ('Department for Unity 2031 We ask about "', False),
                    ("fair", True),
                    ('" water,\nfor ', False),
                    ("villages", True),
                    (" and towns.", False),
                ),
                1,
            ),
        ),
    )


def test_snippet_is_the_passage_as_plain_text(reader):
    assert search(reader, text="carers").hits[0].snippet == "Café Carers of Nowhere"


def test_total_counts_beyond_the_page(reader):
    found = [search(reader, text="unity", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [(one.total, len(one.hits)) for one in found] == [(3, 2), (3, 1), (3, 0)]


@given(st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(reader, text):
    assert search(reader, text=text, limit=0).hits == ()


def test_index_is_opened_read_only(reader):
    before = (reader.folder / "search.sqlite").read_bytes()
    search(reader, text="unity")
    assert (sorted(path.name for path in reader.folder.glob("search*")), (reader.folder / "search.sqlite").read_bytes()) == (["search.sqlite"], before)


def test_index_that_is_missing_is_not_made(reader):
    (reader.folder / "search.sqlite").unlink()
    with pytest.raises(sqlite3.OperationalError):
        search(reader, text="unity")
