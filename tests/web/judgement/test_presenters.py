from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from opencompact.web.judgement import presenters


def _body(name: str, *, consultations: int = 20, hits: int | None = None, low: float = 0.0, high: float = 1.0, kind: str = "council", months: int = 0):
    told = hits is not None
    figure = (
        {"value": hits / 20, "low": low, "high": high, "hits": hits, "n": 20} if told else {"value": None, "low": None, "high": None, "hits": None, "n": None}
    )
    return {"body": name, "kind": kind, "consultations": consultations, "months": months, **figure}


def test_kinds_set_each_body_against_its_kind_alone() -> None:
    kind = presenters.kinds([_body("a", hits=2, low=0.02, high=0.3), _body("b", hits=18, low=0.7, high=0.97), _body("c", hits=10, low=0.3, high=0.7)])[0]
    assert [row["against"] for row in kind.told] == ["below its kind", "above its kind", "cannot be told from its kind"]
    assert (kind.hits, kind.n) == (30, 60)


def test_kinds_one_body_has_nothing_to_compare_with() -> None:
    assert presenters.kinds([_body("a", hits=2)])[0].told[0]["against"] == "nothing to compare with"


def test_kinds_part_silent_few_and_told() -> None:
    kind = presenters.kinds([_body("a", consultations=0), _body("b", consultations=2), _body("c", consultations=0, months=3), _body("d", hits=5)])[0]
    assert [[row["body"] for row in part] for part in (kind.silent, kind.few, kind.told)] == [["a"], ["b", "c"], ["d"]]


def test_kinds_with_most_told_come_first() -> None:
    assert [each.kind for each in presenters.kinds([_body("a", kind="agency"), _body("b", hits=3, kind="council")])] == ["council", "agency"]


def _consultation(year: int, days: int | None, explanation: str | None = None, kind: str = "consultation"):
    return {"opened_on": date(year, 3, 1), "days_open": days, "explanation": explanation, "kind": kind, "title": None, "consultation_id": f"x/{year}-{days}"}


def test_finding_is_of_the_latest_year_with_enough() -> None:
    held = [_consultation(2031, 42, "none_found"), _consultation(2031, 30, "not_held"), _consultation(2031, 84), _consultation(2032, 10)]
    assert presenters.finding(held, least=3) == presenters.Finding(2031, 3, 2, 1, 1)


def test_finding_without_a_full_year_is_of_all() -> None:
    assert presenters.finding([_consultation(2031, 42), _consultation(2032, None)], least=3) == presenters.Finding(None, 1, 1, 0, 0)


def test_lengths_leave_out_what_has_none() -> None:
    dots = presenters.lengths([_consultation(2031, 42, kind="call_for_evidence"), _consultation(2031, None)])
    assert [(dot.year, dot.days, dot.counts, dot.title, dot.href) for dot in dots] == [(2031, 42, False, "x/2031-42", "/consultations/x/2031-42/")]


def test_gaps_are_runs_of_months_by_record_and_state() -> None:
    months = [
        ("payments", "2011-11", "not_held"),
        ("payments", "2011-12", "not_held"),
        ("payments", "2012-01", "not_held"),
        ("grants", "2011-05", "not_published"),
        ("grants", "2011-06", "held"),
    ]
    rows = [{"record": record, "month": month, "state": state} for record, month, state in months]
    assert presenters.gaps(rows) == [("grants", "not_published", ["May 2011"]), ("payments", "not_held", ["November 2011 to January 2012"])]


@given(st.sets(st.integers(2000 * 12, 2010 * 12)))
def test_runs_hold_every_month_once(places: set[int]) -> None:
    made = presenters.runs(f"{place // 12}-{place % 12 + 1:02}" for place in places)
    names = presenters._NAMES

    def place_of(text: str) -> int:
        name, year = text.split()
        return int(year) * 12 + names.index(name)

    held = {place for run in made for place in range(place_of(run.split(" to ")[0]), place_of(run.split(" to ")[-1]) + 1)}
    assert held == places
