"""What the review pages ask of a lake, on invented names."""

from decimal import Decimal

import pytest
from tests.organisations.waiting import COUNCIL, CUT, CUT_FROM, FIRM, OFFICE, TWIN, TWINS, build, org_id

from opencompact.organisations.queries import review

ALL = {"states": ["review", "probable", "unknown"], "bodies": None, "settled": []}


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    return build(tmp_path_factory.mktemp("queue")).connect()


def names(con, **more):
    return [row["published_name"] for row in review.queue(con, **{**ALL, "first": [], "limit": 10, "offset": 0, **more})]


def test_queue_runs_from_the_largest_sum_with_what_is_settled_down_to_each(con):
    rows = review.queue(con, **ALL, first=[], limit=10, offset=0)
    assert [(row["published_name"], row["running"]) for row in rows] == [
        (f"The {TWIN}", Decimal(10_000)), (FIRM, Decimal(10_700)), (CUT.upper(), Decimal(11_200))
    ]  # fmt: skip
    assert review.count_queue(con, **ALL) == (3, Decimal(11_200))
    assert names(con, limit=1, offset=1) == [FIRM]
    assert review.queue_keys(con, **ALL, first=[]) == [row["payee"] for row in rows]


def test_disputed_names_stand_first_and_decided_ones_are_gone(con):
    assert names(con, first=[CUT.upper()])[0] == CUT.upper()
    assert names(con, settled=[TWIN.upper()]) == [FIRM, CUT.upper()]
    assert names(con, bodies=[OFFICE]) == [f"The {TWIN}"]
    assert names(con, states=["probable"]) == [CUT.upper()]


def test_payee_is_known_with_its_spellings_candidates_and_rows(con):
    key = review.queue_keys(con, **ALL, first=[])[0]
    held = review.payee(con, key)
    assert (held["spellings"], held["organisation_id"], held["link_stage"]) == ([TWIN, f"The {TWIN}"], None, "review")
    found = review.candidates(con, held["spellings"])
    assert [(row["organisation_id"], row["name"], row["kind"], row["areas"]) for row in found] == [(each, TWIN, "charity", None) for each in reversed(TWINS)]
    rows = review.rows_of(con, names=held["spellings"], published_org_id="", bodies=None, limit=5)
    assert [(row["body"], row["amount"], row["source_file"], row["source_row"], row["code"], row["purpose"]) for row in rows] == [
        (COUNCIL, Decimal(9000), "spend.csv", 3, "V2", "Lamps"), (OFFICE, Decimal(1000), "spend.csv", 4, None, None)
    ]  # fmt: skip
    assert review.payee(con, "none") is None


def test_former_names_stand_beside_a_candidate(con):
    (found,) = review.candidates(con, [CUT.upper()])
    assert (found["organisation_id"], found["other_names"], found["register_file"]) == (CUT_FROM, ["Lamp Friends"], "register.csv")


def test_a_linked_name_is_found_by_the_organisation_it_is_linked_to(con):
    key = review.payee_of_name(con, CUT.upper(), CUT_FROM)
    assert review.payee(con, key)["link_stage"] == "probable"
    assert review.payee_of_name(con, CUT.upper(), org_id(1)) == ""


def test_vendor_numbers_of_a_body_say_how_their_names_are_linked(con):
    assert review.bodies_with_vendors(con) == [{"body": COUNCIL, "vendors": 5}]
    found = {row["vendor_number"]: (row["link_stage"], row["organisation_id"], row["rows"]) for row in review.vendor_lines(con, body=COUNCIL)}
    assert found == {
        "V1": ("probable", CUT_FROM, 1),
        "V2": ("review", None, 1),
        "V3": ("none", None, 1),
        "V4": ("exact", org_id(5), 1),
        "V5": ("identifier", org_id(9), 1),
    }


def test_standing_says_what_waits_in_each_state(con):
    held = review.standing(con)
    assert held["waiting"] == {"review": (1, Decimal(10_000)), "unknown": (1, Decimal(700)), "probable": (1, Decimal(500))}
    assert (held["total"], review.has_queue(con), review.body_names(con)[COUNCIL]) == (0, True, "Sample borough of varrowmere")
