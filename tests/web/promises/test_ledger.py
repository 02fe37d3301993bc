"""The ledger as a list, a file and feeds: narrowed, as of a past day; what moved since; plans and what became of them."""

import re

import pytest
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, client
from tests.web.promises.promised import CENTRAL, PLAN, at, claim, day, find, on, promise
from tests.web.reading import raw, rows, words

from opencompact.accounts.rules import MAY, ROLES, SEES
from opencompact.organisations.actions.office import record_succession
from opencompact.promises.actions.tracker import carry_over
from opencompact.promises.models import ImportProblem
from opencompact.promises.rules.commitments import Told, fold
from opencompact.web.promises.ledger import due_cell, state_words

pytestmark = pytest.mark.django_db
LIST = "Commitments"


def fill() -> None:
    bodies()
    promise("late", days=-3)
    promise("later-late", SAMPLES, days=-1, kind="offer")
    promise("done", days=-9)
    claim("done", "claimed_done")
    promise("found", SAMPLES, VOICE, days=-9)
    claim("found", "claimed_done", body=SAMPLES)
    find("found", "not_delivered")
    promise("free", days=None)
    promise("shared", days=5, visibility="shared")


def keys(response) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/ledger/([^/]+)/"', raw(response))


def test_empty_ledger_says_who_fills_it() -> None:
    page = words(client().get("/ledger/"))
    assert "0 commitments stand in the ledger. None is past the day and still owed." in page
    assert "Nothing fits. A commitment is recorded here by whoever made it, by the centre or by an auditor." in page


def test_most_urgent_stand_first_and_both_states_apart() -> None:
    fill()
    page = client().get("/ledger/")
    assert keys(page) == ["found", "late", "later-late", "done", "free"]
    assert "5 commitments stand in the ledger. 3 are past the day and still owed." in words(page)
    late = f"Overdue: {day(-9)} {day(0)} − {day(-9)} = 9 days; the due day itself still counts."
    assert rows(page, LIST)[0] == [
        "Promise found", "Joint action plan action", "Ministry of Samples, Sample Sector Voice", late, "Done, says the owner", "Not delivered",
    ]  # fmt: skip
    assert [row[3:] for row in rows(page, LIST)[3:]] == [
        [day(-9), "Done, says the owner", "Not yet checked"],
        ["no day given", "Not started", "Not yet checked"],
    ]


@pytest.mark.parametrize("role", ROLES)
def test_what_is_shared_is_seen_by_those_who_work_on_the_agreement(role: str) -> None:
    fill()
    seen = role in SEES["shared"]
    browser = client(role)
    assert ("shared" in keys(browser.get("/ledger/"))) == seen
    assert ("Promise shared" in raw(browser.get("/ledger/?format=csv"))) == seen
    may = role in MAY["record_commitment"]
    assert ('href="/ledger/new/"' in raw(browser.get("/ledger/"))) == may


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("overdue=yes", ["found", "late", "later-late"]),
        ("overdue=no", ["found", "late", "later-late", "done", "free"]),
        ("body=ministry-of-samples", ["found", "later-late"]),
        ("body=sample-sector-voice", ["found"]),
        ("kind=offer", ["later-late"]),
        ("kind=none", ["found", "late", "later-late", "done", "free"]),
        ("delivery=claimed_done", ["found", "done"]),
        ("finding=not_delivered", ["found"]),
        ("delivery=claimed_done&finding=not_assessed", ["done"]),
        ("q=WORDS+of+later", ["later-late"]),
        ("q=free", ["free"]),
        ("q=%00late&overdue=yes", ["late", "later-late"]),
        ("q=shared", []),
        ("plan=none", []),
        ("on=soon", ["found", "late", "later-late", "done", "free"]),
    ],
)
def test_list_and_its_file_are_narrowed_alike(query: str, found: list[str]) -> None:
    fill()
    assert keys(client().get(f"/ledger/?{query}")) == found
    assert [line.split(",")[0] for line in raw(client().get(f"/ledger/?{query}&format=csv")).splitlines()[1:]] == found


def test_file_holds_the_words_and_both_states() -> None:
    fill()
    head, line, *_ = raw(client().get("/ledger/?q=found&format=csv")).splitlines()
    assert head == "Key,Commitment,Kind,Who,Due,The owner says,Found independently,In its own words"
    owners = '"Ministry of Samples, Sample Sector Voice"'
    assert line == f'found,Promise found,Joint action plan action,{owners},{on(-9)},"Done, says the owner",Not delivered,The words of found.'


@pytest.mark.parametrize(
    ("days", "delivery", "finding", "late"),
    [(-21, "Not started", "Not yet checked", 0), (-20, "In progress", "Not yet checked", 0), (-9, "Done, says the owner", "Not yet checked", 0),
     (-4, "Done, says the owner", "Not delivered", 1), (0, "In progress", "Not yet checked", 1)],
)  # fmt: skip
def test_past_day_is_as_it_stood_then(days: int, delivery: str, finding: str, late: int) -> None:
    bodies()
    promise("c", days=-8)
    claim("c", "in_progress", days=-20)
    claim("c", "claimed_done", days=-10)
    find("c", "not_delivered", days=-5)
    claim("c", "in_progress", days=-1)
    page = client().get(f"/ledger/?on={on(days)}")
    assert rows(page, LIST)[0][4:] == [f"{delivery} opened again 1 time" if days == 0 else delivery, finding]
    assert f"as it stood on {day(days)}. {f'{late} is' if late else 'None is'} past the day and still owed." in words(page)


def test_what_was_recorded_later_did_not_stand_then() -> None:
    bodies()
    promise("c", ago=9)
    assert (keys(client().get(f"/ledger/?on={on(-10)}")), keys(client().get(f"/ledger/?on={on(-9)}"))) == ([], ["c"])


def test_body_that_continues_another_is_found_with_what_it_inherited() -> None:
    bodies()
    promise("old", SAMPLES)
    promise("own", EXAMPLES)
    record_succession(SAMPLES, successor=EXAMPLES, on=on(-2), how="merged", by=CENTRAL, at=at(0), because="a test")
    assert keys(client().get(f"/ledger/?body={EXAMPLES}")) == ["old", "own"]
    assert keys(client().get(f"/ledger/?body={EXAMPLES}&on={on(-3)}")) == ["own"]
    assert keys(client().get(f"/ledger/?body={SAMPLES}")) == ["old"]


def test_day_put_off_is_shown_with_how_often() -> None:
    state = fold(on(1), [Told(on(-1), "deferred", due_on=on(5))])
    assert (due_cell(state, on(0)).text.replace("\u00a0", " "), due_cell(state, on(0)).note.replace("\u00a0", " ")) == (day(5), "put off 1 time")


def test_long_list_is_cut_into_pages_that_keep_what_was_asked() -> None:
    bodies()
    for place in range(51):
        promise(f"c-{place:02}", days=place + 1)
    page = client().get("/ledger/?kind=joint_action")
    assert (len(keys(page)), 'href="/ledger/?kind=joint_action&amp;page=2"' in raw(page)) == (50, True)
    assert keys(client().get("/ledger/?kind=joint_action&page=2")) == ["c-50"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/ledger/", 7),
        (f"/ledger/?body={EXAMPLES}", 8),
        ("/ledger/?format=csv", 4),
        ("/ledger/since/2020-01-01/", 4),
        ("/ledger/since/2020-01-01/?format=atom", 2),
        ("/ledger/plans/", 1),
        (f"/ledger/plans/{PLAN}/", 4),
        (f"/ledger/plans/{PLAN}/became/", 4),
    ],
)
def test_page_takes_as_many_queries_whatever_the_rows(number: int, address: str, queries: int, django_assert_num_queries) -> None:
    bodies()
    for place in range(number):
        promise(f"c-{place}", EXAMPLES, SAMPLES, plan=PLAN)
        claim(f"c-{place}", "in_progress")
    with django_assert_num_queries(queries):
        raw(client().get(address))


# What moved


def test_what_moved_since_a_day_is_listed_with_who_says_so() -> None:
    fill()
    claim("late", "", days=-1, due_on=on(3))
    claim("free", "", days=-10)
    page = client().get(f"/ledger/since/{on(-5)}/")
    assert [row[1:4] for row in rows(page, "Updates, the latest first")] == [
        [day(-1), "Department of Examples", "Due day moved"],
        [day(-3), "an auditor", "Found: Not delivered"],
        [day(-5), "Ministry of Samples", "Done, says the owner"],
        [day(-5), "Department of Examples", "Done, says the owner"],
    ]
    assert f"4 updates since {day(-5)}; done, says the owner: 2; due day moved: 1; found: not delivered: 1." in words(page)
    assert rows(client().get(f"/ledger/since/{on(-10)}/"), "Updates, the latest first")[-1][3:] == ["Words only", "Told of free."]
    assert "Nothing was told since that day." in words(client().get(f"/ledger/since/{on(0)}/"))


def test_feed_names_each_update_once_and_nothing_shared() -> None:
    fill()
    claim("shared", "in_progress")
    response = client().get(f"/ledger/since/{on(-30)}/?format=atom")
    feed = raw(response)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert re.findall(r"<entry><title>(.*?)</title>", feed) == [
        "Promise found: Found: Not delivered", "Promise found: Done, says the owner", "Promise done: Done, says the owner",
    ]  # fmt: skip
    names = re.findall(r"<id>(.*?)</id>", feed)[1:]
    assert (len(set(names)), names[0].startswith("http://testserver/ledger/found/#")) == (3, True)


@pytest.mark.parametrize("text", ["2031-02-30", "soon", "20310101"])
def test_what_is_no_day_is_no_page(text: str) -> None:
    assert client().get(f"/ledger/since/{text}/").status_code == 404


# Plans


def a_plan() -> None:
    bodies()
    promise("a", EXAMPLES, VOICE, days=-9, plan=PLAN, objective="Meet")
    promise("b", SAMPLES, days=-9, plan=PLAN, objective="Meet")
    promise("c", EXAMPLES, plan=PLAN)
    claim("a", "claimed_done")
    find("c", "delivered")


def test_plans_are_counted_once_each_and_read_by_the_centre() -> None:
    assert "No plan is held. A plan comes from last year's tracker" in words(client().get("/ledger/plans/"))
    a_plan()
    promise("x", plan="plan-2031", visibility="shared")
    page = client().get("/ledger/plans/")
    assert rows(page, "Plans") == [["Plan 2030", "3", "1", "1", "1", "0"]]
    assert len(rows(client("lead").get("/ledger/plans/"), "Plans")) == 2
    assert ["/ledger/plans/read/" in raw(client(role).get("/ledger/plans/")) for role in ("public", "lead", "auditor", "central")] == [False] * 3 + [True]


def test_plan_is_its_own_table_of_objectives_by_parties_also_as_a_file() -> None:
    a_plan()
    page = client().get(f"/ledger/plans/{PLAN}/")
    assert "3 actions: 1 ended or found delivered, 1 done as their owners say, 1 overdue, 0 open." in words(page)
    done, due = "Promise a (done, says the owner)", "Promise b (not started, overdue)"
    assert rows(page, "Plan 2030") == [
        ["No objective named", "Promise c (not started; found: delivered)", "nothing", "nothing"],
        ["Meet", done, due, done],
    ]
    lines = raw(client().get(f"/ledger/plans/{PLAN}/?format=csv")).splitlines()
    assert lines[0] == "Objective,Department of Examples,Ministry of Samples,Sample Sector Voice"
    assert lines[2] == f'Meet,"{done}","{due}","{done}"'


@pytest.mark.parametrize(("role", "asks", "carries"), [("public", False, False), ("lead", False, False), ("auditor", True, False), ("central", True, True)])
def test_plan_offers_what_each_may_do(role: str, asks: bool, carries: bool) -> None:
    a_plan()
    ImportProblem.objects.create(plan=PLAN, file="plan.xlsx", sha256="0" * 64, sheet="Plan", row=4, field="owner", found="Nobody", expected="a body", at=at(0))
    page = raw(client(role).get(f"/ledger/plans/{PLAN}/"))
    offered = ("Ask every owner" in page, "Carry what is still owed" in page, "Rows of its tracker that could not be read" in page)
    assert offered == (asks, carries, carries)


def test_plan_of_nothing_says_so() -> None:
    assert "Nothing is recorded under this plan." in words(client().get("/ledger/plans/none/"))
    assert "Of 0 actions: nothing to say." in words(client().get("/ledger/plans/none/became/"))


def test_what_became_of_each_action_is_named_and_none_vanishes() -> None:
    bodies()
    for key in ("carried", "completed", "claimed", "disputed", "dropped", "replaced", "put-off", "gone", "begun"):
        promise(key, days=-30, plan=PLAN)
    carry_over(PLAN, keys=["carried"], to="plan-2031", due_on=on(90), by=CENTRAL, at=at(0), because="owed")
    for key, delivery in (
        ("claimed", "claimed_done"),
        ("disputed", "claimed_done"),
        ("dropped", "withdrawn"),
        ("replaced", "superseded"),
        ("begun", "in_progress"),
    ):
        claim(key, delivery)
    claim("put-off", "deferred", due_on=on(60))
    find("completed", "delivered")
    find("disputed", "not_delivered")
    page = client().get(f"/ledger/plans/{PLAN}/became/")
    assert {row[0].removeprefix("Promise "): row[1:] for row in rows(page, "Each action")} == {
        "begun": ["Silently gone", "nowhere"],
        "carried": ["Carried on", "Promise carried Plan 2031"],
        "claimed": ["Completed", "Done, says the owner"],
        "completed": ["Completed", "Delivered"],
        "disputed": ["Said to be done, found otherwise", "Not delivered"],
        "dropped": ["Dropped, with a reason", "Withdrawn"],
        "gone": ["Silently gone", "nowhere"],
        "put-off": ["Put off", day(60)],
        "replaced": ["Dropped, with a reason", "Superseded"],
    }
    assert "Of 9 actions: silently gone: 2; completed: 2; dropped, with a reason: 2;" in words(page)
    assert raw(client().get(f"/ledger/plans/{PLAN}/became/?format=csv")).splitlines()[0] == "Action,What became of it,Where it says so"


def test_carried_on_under_no_plan_names_the_new_one_alone() -> None:
    bodies()
    promise("old", plan=PLAN)
    carry_over(PLAN, keys=["old"], to="", due_on=None, by=CENTRAL, at=at(0), because="owed")
    assert rows(client().get(f"/ledger/plans/{PLAN}/became/"), "Each action") == [["Promise old", "Carried on", "Promise old"]]


def test_states_in_words() -> None:
    assert [
        state_words(fold(on(-1), told), on(0))
        for told in ([], [Told(on(-3), "claimed_done")], [Told(on(-3), "claimed_done"), Told(on(-2), "", "not_delivered")])
    ] == ["not started, overdue", "done, says the owner", "done, says the owner; found: not delivered, overdue"]
