from opencompact.web.promises.presenters import MOST_BODIES, by_outcome, matrix

AGREEMENT = {"agreement": "compact", "title": "The Compact"}


def _undertaking(number: str, *, bodies: int = 0, outcome: str = "First", agreement: str = "compact"):
    counts = dict.fromkeys(("met", "explained", "unexplained", "not_applicable", "cannot_tell"), 0)
    return {"agreement": agreement, "undertaking": f"{agreement}/{number}", "outcome": outcome, "bodies": bodies, **counts, "met": bodies}


def _verdict(body: str, *, kind: str = "council", undertaking: str = "compact/1", verdict: str = "met", cases: int = 3):
    counts = {"met": 0, "explained": 0, "unexplained": 0, "cannot_tell": 0} | ({verdict: 2} if verdict != "not_applicable" else {})
    return {"agreement": "compact", "undertaking": undertaking, "body": body, "name": body.upper(), "kind": kind, "verdict": verdict, "cases": cases, **counts}


def test_matrix_untested_undertakings_share_a_column() -> None:
    made = matrix(
        AGREEMENT, [_undertaking("1", bodies=1), _undertaking("2"), _undertaking("3", outcome="Second"), _undertaking("9", agreement="other")], [_verdict("a")]
    )
    assert [(outcome.title, len(outcome.tested), outcome.untested, outcome.width) for outcome in made.outcomes] == [("First", 1, 1, 2), ("Second", 0, 1, 1)]
    assert (made.untested, [row["undertaking"] for row in made.tested]) == (2, ["compact/1"])


def test_matrix_bodies_stand_under_their_kind() -> None:
    made = matrix(AGREEMENT, [_undertaking("1", bodies=3)], [_verdict("a"), _verdict("b"), _verdict("c", kind="department")])
    assert [(kind, [line.name for line in lines]) for kind, lines in made.kinds] == [("council", ["A", "B"]), ("department", ["C"])]
    assert made.height == 3 + 2 + 1


def test_matrix_cell_without_a_case_is_none() -> None:
    made = matrix(AGREEMENT, [_undertaking("1", bodies=1), _undertaking("2", bodies=1)], [_verdict("a", undertaking="compact/2")])
    assert [cell and cell["says"] for cell in made.kinds[0][1][0].cells] == [None, "2 of 3\u00a0cases"]


def test_matrix_cell_not_applicable_counts_cases_alone() -> None:
    made = matrix(AGREEMENT, [_undertaking("1", bodies=1)], [_verdict("a", verdict="not_applicable", cases=1)])
    assert made.kinds[0][1][0].cells[0]["says"] == "1\u00a0case"


def test_matrix_those_with_fewest_cases_are_left_out_and_counted() -> None:
    verdicts = [_verdict(f"b{place:02}", cases=place + 1) for place in range(MOST_BODIES + 2)]
    made = matrix(AGREEMENT, [_undertaking("1", bodies=len(verdicts))], verdicts)
    assert (made.left_out, made.kinds[0][1][0].body) == (2, "b02")


def test_by_outcome_keeps_order() -> None:
    assert by_outcome([{"outcome": "B"}, {"outcome": "B"}, {"outcome": "A"}]) == [("B", [{"outcome": "B"}, {"outcome": "B"}]), ("A", [{"outcome": "A"}])]
