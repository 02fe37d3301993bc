"""The first page of each role: its own question, numbers that are true, the next act, and nobody else's rows."""

from collections.abc import Mapping
from datetime import timedelta
from re import sub

import pytest
from django.utils import timezone
from tests.office import EXAMPLES, SAMPLES, VOICE, account, bodies, client, viewer

from opencompact.accounts.actions import grant_role
from opencompact.accounts.rules import OF_A_BODY, ROLES
from opencompact.asking.actions import ask
from opencompact.judgement.actions import campaigns, returns
from opencompact.promises.actions.ledger import record_commitment, record_update
from opencompact.web.home.views import FIRSTS

pytestmark = pytest.mark.django_db
QUESTIONS: Mapping[str, str] = {
    "central": "Who has not replied, and who is slipping?",
    "lead": "What will embarrass us this quarter?",
    "sro": "Are our commitments on track?",
    "official": "Are our commitments on track?",
    "sector": "What are members hurt by, and can we prove it?",
    "auditor": "Can I recompute this, and what waits for my judgement?",
    "assessor": "Can I recompute this, and what waits for my judgement?",
    "reviewer": "What did we spend with the voluntary sector?",
    "analyst": "What did we spend with the voluntary sector?",
    "commissioner": "Will this tender work and stand up?",
    "charity": "Is this worth my time, is it safe to complain, will it pay?",
    "prime": "Can I show fairness?",
    "public": "What would you find here?",
}
CENTRAL = viewer("central")


def words(response) -> str:
    text = sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ").replace("&#x27;", "'")
    return " ".join(text.split())


def of(role: str):
    return client(role, {"sector": VOICE, "charity": VOICE}.get(role, ""))


def promise(key: str, body: str, *, days: int, kind: str = "joint_action") -> None:
    """Something promised, due so many days from today, told sixty days ago."""
    at = timezone.now() - timedelta(days=200)
    due = timezone.localdate() + timedelta(days=days)
    record_commitment(key=key, kind=kind, title=f"Promise {key}", text="x", owners=(body,), due_on=due, by=CENTRAL, at=at, because="a test")


def owe(subject: str, body: str, *, days: int) -> None:
    """A question asked long ago, due so many days from today."""
    due = timezone.localdate() + timedelta(days=days)
    ask(body, kind="sign_off", subject=subject, title=f"Question {subject}", due_on=due, by=CENTRAL, at=timezone.now() - timedelta(days=200), because="")


def test_every_role_has_a_first_page() -> None:
    assert set(FIRSTS) == set(ROLES) == set(QUESTIONS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_answered_its_own_first_question(site, role: str) -> None:
    bodies()
    response = of(role).get("/office/")
    assert (response.status_code, f"<h1>{QUESTIONS[role]}</h1>" in response.content.decode().replace("&#x27;", "'")) == (200, True)
    assert "What to do next" in words(response)


@pytest.mark.parametrize("role", ROLES)
def test_pages_stand_without_a_release(settings, tmp_path, role: str) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    bodies()
    response = of(role).get("/office/")
    assert (response.status_code, QUESTIONS[role] in words(response)) == (200, True)


def test_somebody_without_an_account_gets_what_each_finds_here(site) -> None:
    page = words(client().get("/office/"))
    assert [who in page for who in ("Department lead", "Commissioner", "Auditor, researcher, journalist", "Sign in")] == [True] * 4
    assert "Nine kinds of people work here" in page


def test_lead_sees_what_is_late_of_their_own_body_alone(site) -> None:
    bodies()
    promise("ours", EXAMPLES, days=-3)
    promise("theirs", SAMPLES, days=-3)
    owe("late", EXAMPLES, days=-1)
    owe("soon", EXAMPLES, days=91)
    owe("later", EXAMPLES, days=92)
    owe("other", SAMPLES, days=-1)
    page = words(of("lead").get("/office/"))
    assert "Department of Examples: 1 question is past the day without an answer, and 1 more fall due within 13 weeks. 1 commitment is overdue." in page
    assert ("Answer: Question late" in page, "Say where it stands: Promise ours" in page) == (True, True)
    assert ("Promise theirs" in page, "Question other" in page) == (False, False)
    assert ("1 day past" in page, "in 91 days" in page) == (True, True)


def test_lead_is_told_of_fundings_ended_on_short_notice_or_that_nobody_can_tell(site) -> None:
    bodies()
    assert "cannot tell: no return of ours says both" in words(of("lead").get("/office/"))
    at = timezone.now()
    returns.open_return("return-2020", title="R", questions="standing", year=2020, bodies=[returns.Asked(EXAMPLES, "E")], due_on=at.date() + timedelta(9),
                        by=CENTRAL, at=at)  # fmt: skip
    told = {"endings": ("answered", "5"), "endings_noticed": ("answered", "3")}
    returns.take_return("return-2020", EXAMPLES, answers=told, held=(), by=viewer("lead"), at=at, because="")
    assert "Department of Examples 2 of 5 with less than three months' notice" in words(of("lead").get("/office/"))


def test_senior_officer_sees_the_card_and_how_it_moved(site) -> None:
    bodies()
    promise("late", EXAMPLES, days=-3)
    promise("long-late", EXAMPLES, days=-150)
    promise("done", EXAMPLES, days=30)
    at = timezone.now() - timedelta(days=5)
    record_update("done", body=EXAMPLES, on=timezone.localdate(at), text="Done.", delivery="claimed_done", by=viewer("lead"), at=at, because="")
    page = words(of("sro").get("/office/"))
    assert (
        "Department of Examples has 3 commitments: 0 found delivered, 1 done by our own word and not checked, 2 past their day. "
        "13 weeks ago 1 were past their day."
    ) in page
    assert "0 signed verdicts say that a promise was not kept and no reason was found." in page
    assert "Ask what became of: Promise long-late" in page


def test_central_team_sees_who_is_slipping_the_furthest_first(site) -> None:
    bodies()
    promise("a", SAMPLES, days=-3)
    owe("b", SAMPLES, days=-1)
    owe("c", EXAMPLES, days=-1)
    page = words(of("central").get("/office/"))
    assert "2 questions stand without an answer past the day, of 2 bodies. 1 commitment is overdue, of 1 body." in page
    assert "Of 2 public bodies that take part, 2 have no senior officer or no lead in post." in page
    assert "Posts vacant Ministry of Samples 1 1 2 Department of Examples 1 0 2" in page


def test_sector_body_sees_stalled_announcements_and_the_bodies_own_numbers(site) -> None:
    bodies()
    promise("money", SAMPLES, days=-3, kind="announcement")
    promise("plan", SAMPLES, days=-3)
    owe("ours", VOICE, days=5)
    page = words(of("sector").get("/office/"))
    assert "No return gives a number of issues, of 2 asked. 1 announcement is overdue; 0 questions stand unanswered past the day." in page
    assert ("Answer: Question ours" in page, "Promise money" in page, "Promise plan" in page) == (True, True, False)
    at = timezone.now()
    returns.open_return("return-2020", title="R", questions="standing", year=2020, bodies=[returns.Asked(EXAMPLES, "E")], due_on=at.date() + timedelta(9),
                        by=CENTRAL, at=at)  # fmt: skip
    returns.take_return("return-2020", EXAMPLES, answers={"raised": ("answered", "7")}, held=(), by=viewer("lead"), at=at, because="")
    page = words(of("sector").get("/office/"))
    assert "7 issues, say the last returns of the 1 bodies that gave a number, of 2 asked." in page
    assert "Department of Examples 7 not held" in page


def test_what_is_due_today_says_so(site) -> None:
    bodies()
    owe("today", EXAMPLES, days=0)
    assert "Question today Department of Examples" in words(of("lead").get("/office/"))
    assert "0 questions are past the day without an answer, and 1 more fall due" in words(of("lead").get("/office/"))


def test_auditor_sees_claims_that_nobody_checked(site) -> None:
    bodies()
    promise("claimed", EXAMPLES, days=30)
    at = timezone.now() - timedelta(days=5)
    record_update("claimed", body=EXAMPLES, on=timezone.localdate(at), text="Done.", delivery="claimed_done", by=viewer("lead"), at=at, because="")
    page = words(of("auditor").get("/office/"))
    assert "0 verdicts wait to be signed, 1 claim of delivery to be checked, 0 challenges to be settled, and 0 letters past the day without an answer." in page
    assert "Each opens to its rows, its SQL and its files" in page


def test_somebody_with_two_roles_chooses(site) -> None:
    bodies()
    held = account("lead")
    grant_role(held, role="analyst", body=EXAMPLES, by="test", at=timezone.now(), because="a test")
    browser = client("lead")
    assert (QUESTIONS["lead"] in words(browser.get("/office/")), "Your other roles" in words(browser.get("/office/"))) == (True, True)
    assert QUESTIONS["analyst"] in words(browser.get("/office/?as=analyst"))
    assert QUESTIONS["lead"] in words(browser.get("/office/?as=central"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("role", "queries"),
    [
        ("central", 11),
        ("lead", 9),
        ("sro", 11),
        ("sector", 11),
        ("auditor", 9),
        ("analyst", 5),
        ("commissioner", 5),
        ("charity", 5),
        ("prime", 5),
        ("public", 1),
    ],
)
def test_first_page_takes_as_many_queries_whatever_the_rows(site, django_assert_max_num_queries, role: str, queries: int, rows: int) -> None:
    bodies()
    for number in range(rows):
        promise(f"p{number}", EXAMPLES, days=-3, kind="announcement")
        owe(f"q{number}", EXAMPLES, days=-1)
    asked = [returns.Asked(f"c{number}", f"C{number}") for number in range(rows)]
    campaigns.open_campaign("c", title="C", questions="councils-2012", year=2020, letter="x", bodies=asked, by=CENTRAL, at=timezone.now())
    browser = of(role)
    with django_assert_max_num_queries(queries):
        browser.get("/office/")
    assert queries < 12


def test_bodies_of_a_role_are_its_own() -> None:
    assert [role for role in OF_A_BODY if role not in FIRSTS] == []
