"""What first pages show from the release: figures with their coverage, consultations and tenders as they stood on its day."""

from datetime import timedelta

import pytest
from tests.web.invented import AT, BODIES, build

from opencompact.web.blocks import cell
from opencompact.web.home import record
from opencompact.web.showing import in_force

EVERY = [slug for slug, _, _ in BODIES]
DAY = AT.date()


def select(sql: str) -> list[tuple]:
    return in_force().reader.con.cursor().execute(sql).fetchall()


@pytest.fixture
def nothing(settings, tmp_path):
    settings.OPENCOMPACT_WORKSPACE = tmp_path


def test_without_a_release_nothing_is_counted(nothing) -> None:
    held = (record.short_or_unanswered(EVERY), record.open_consultations(), record.tenders(suits=True))
    assert [(each.counted, list(each.table.rows)) for each in held] == [(None, [])] * 3
    assert (record.release_day(), record.figures("F", "all", ["x"]).rows, record.recomputing()[1]) == (None, (), [])


def test_short_or_unanswered_are_those_of_the_year_before_the_release(site) -> None:
    found = record.short_or_unanswered(EVERY)
    year = DAY - timedelta(days=366)
    (expected,) = select(f"""SELECT count(*) FROM consultations WHERE opened_on > DATE '{DAY}' - INTERVAL 1 YEAR
        AND (days_open < 84 OR (responded_on IS NULL AND response_due_on < DATE '{DAY}'))""")
    assert (found.counted, len(found.table.rows)) == (expected[0], min(expected[0], record.MOST))
    assert [row[1] > year for row in found.table.rows] == [True] * len(found.table.rows)
    assert {row[3] for row in found.table.rows} <= {
        "no reason found", "no answer found", "no reason found and no answer found", "nothing: a reason was given",
    }  # fmt: skip
    assert record.short_or_unanswered(["nobody"]).counted == 0


@pytest.mark.parametrize(
    ("days", "explanation", "responded", "due", "words"),
    [
        (30, "none_found", DAY, DAY, "no reason found"),
        (30, "given", None, DAY - timedelta(days=1), "no answer found"),
        (30, None, None, DAY - timedelta(days=1), "no reason found and no answer found"),
        (84, None, None, DAY - timedelta(days=1), "no answer found"),
        (30, "given", None, DAY, "nothing: a reason was given"),
        (30, "given", None, None, "nothing: a reason was given"),
    ],
)
def test_what_the_record_lacks_is_said(site, days, explanation, responded, due, words: str) -> None:
    assert record._lacks({"days_open": days, "explanation": explanation, "responded_on": responded, "response_due_on": due}) == words


def test_consultations_open_are_those_open_on_the_day_of_the_release(site) -> None:
    found = record.open_consultations()
    (expected,) = select(f"SELECT count(*) FROM consultations WHERE opened_on <= DATE '{DAY}' AND closed_on >= DATE '{DAY}'")
    assert found.counted == expected[0]


def test_figures_have_their_coverage_and_open_to_their_rows(site) -> None:
    slugs = [row[0] for row in select("SELECT DISTINCT indicator FROM measures WHERE body = 'all' AND period = 'all' ORDER BY 1")]
    table = record.figures("F", "all", [*slugs, "none-such"])
    assert [cell(row[0]).href for row in table.rows] == [f"/figures/{slug}/all/all/" for slug in slugs]
    assert slugs
    assert record.figures("F", "nobody", slugs).rows == []


def test_figure_that_is_missing_says_why(site) -> None:
    row = record._figure({"value": None, "why_missing": "too few to say", "title": "T", "indicator": "i", "unit": "share", "n": 2, "coverage": None}, "a body")
    assert (cell(row[1]).text, cell(row[1]).is_missing, cell(row[3]).is_missing, cell(row[0]).href) == (
        "too few to say",
        True,
        True,
        "/figures/i/a%20body/all/",
    )


def test_release_can_be_recomputed_from_its_checksum(site) -> None:
    said, links = record.recomputing()
    (expected,) = select("SELECT count(*), count(value) FROM measures")
    assert (f"{expected[1]:,} of them with a value" in said, in_force().checksum[:12] in said, len(links)) == (True, True, 3)


@pytest.mark.parametrize(("suits", "words"), [(True, "yes"), (False, "no"), (None, "not held")])
def test_tender_says_whether_it_suits_charities_or_that_nobody_said(site, suits, words: str) -> None:
    row = record._tender({"title": "T", "ocid": "ocds-1/a b", "buyer": "B", "closes_on": DAY, "days_open": 9, "suitable_for_vcse": suits})
    assert (cell(row[4]).text, cell(row[0]).href) == (words, "/contracts/processes/ocds-1/a%20b/")


def test_release_without_consultations_says_so(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = build(tmp_path, years=range(2028, 2028))
    found = record.short_or_unanswered(EVERY)
    assert (found.counted, found.table.empty) == (0, "The release holds none such of this body in the last year.")
