"""One commitment's page: a claim, a finding, an acceptance, feedback, evidence; by whom it may be told, and what is said of what cannot."""

import hashlib
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office import EXAMPLES, SAMPLES, VOICE, bodies, client, viewer
from tests.web.promises.promised import CENTRAL, PLAN, SECRET, at, claim, day, find, on, promise
from tests.web.reading import beside, buttons, raw, rows, words

from opencompact.accounts.actions import grant_role
from opencompact.accounts.queries import account_of
from opencompact.accounts.rules import MAY, OF_A_BODY, ROLES, SEES
from opencompact.asking.models import Ask
from opencompact.organisations.actions.office import record_succession
from opencompact.promises.actions.ledger import Resting, Wording, answer_commitment, record_feedback
from opencompact.promises.actions.tracker import carry_over
from opencompact.promises.models import Commitment, Evidence, Feedback, Owner, Update
from opencompact.web.promises import commitment

pytestmark = pytest.mark.django_db
TOLD = "What was told of it, the latest first"
CLAIM = {"act": "claim", "delivery": "in_progress", "text": "It began."}
FORMS = {
    "claim": "Tell what became of it",
    "answer": "Say whether you take it on",
    "finding": "Put down what you found",
    "feedback": "Say what the sector makes of it",
    "ask": "Ask its owners for an update",
}


def page(role: str, key: str = "c", body: str = ""):
    return client(role, body).get(f"/ledger/{key}/")


def post(role: str, key: str = "c", body: str = "", /, **given):
    return client(role, body).post(f"/ledger/{key}/", {"on": str(on(-1))} | given)


def facts(response) -> dict[str, str]:
    return {term: words_of(told) for term, told in re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", raw(response), re.DOTALL)}


def words_of(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").split())


# What it says


def test_commitment_that_is_none_or_not_seen_is_not_found() -> None:
    bodies()
    promise("shared", visibility="shared")
    promise("held", visibility="held")
    assert [page(role, "none").status_code for role in ("public", "central")] == [404, 404]
    assert [role for role in ROLES if page(role, "shared").status_code == 200] == [role for role in ROLES if role in SEES["shared"]]
    assert [page("lead", "held").status_code, page("lead", "held", SAMPLES).status_code, page("auditor", "held").status_code] == [200, 404, 200]
    assert post("public", "shared", **CLAIM).status_code == 404


def test_page_keeps_what_the_owner_says_apart_from_what_was_found() -> None:
    bodies()
    promise("c", EXAMPLES, SAMPLES, days=-9)
    claim("c", "claimed_done")
    find("c", "delivered_in_part")
    response = page("public")
    said = f"The owner says: done, says the owner. Found independently: delivered in part. {day(0)} − {day(-9)} = 9 days; the due day itself still counts."
    assert (said in words(response), "The words of c." in words(response)) == (True, True)
    told = facts(response)
    assert (told["The owner says"], told["Found independently"], told["Taken on"]) == (
        "Done, says the owner",
        "Delivered in part",
        "Proposed, not yet answered",
    )
    assert (told["Last movement"], told["Seen by"], told["Its name in the ledger"]) == (f"{day(-3)}, 3 days ago", "everybody", "c")
    assert [row[:3] + row[4:] for row in rows(response, TOLD)] == [
        [day(-3), "an auditor or assessor", "Delivered in part", "none given"],
        [day(-5), "Department of Examples", "Done, says the owner", "none given"],
    ]
    assert [row[:2] for row in rows(response, "Who owns it")] == [["Department of Examples", "Proposed"], ["Ministry of Samples", "Proposed"]]


def test_page_of_what_nobody_told_of_says_so() -> None:
    bodies()
    Commitment.objects.filter(pk=promise("c", days=None).pk).update(text="")
    Owner.objects.all().delete()
    text = words(page("public"))
    wanted = ("Its wording is not held.", "Nobody has told anything of it yet.", "Nobody owns it.", "It has no day by which it is due", "Last movement never")
    assert [each in text for each in wanted] == [True] * 5
    assert "Tell what became of it" not in words(page("central"))


def test_wording_is_judged_where_a_plan_promises() -> None:
    bodies()
    wording = Wording(plan=PLAN, place="Annex B", is_specific=False, has_owner=True, measurable="partly", said_on=on(-300))
    promise("c", wording=wording, address="https://sample.example/plan", kind="business_plan", origin="meeting/x/1")
    told = facts(page("public"))
    assert [told[each] for each in ("Says who", "Says by when", "Specific", "Measurable")] == ["yes", "not held", "no", "Partly measurable"]
    assert (told["Where it stands in the plan"], told["Published at"], told["Came from"], told["Promised on"]) == (
        "Annex B", "https://sample.example/plan", "meeting/x/1", day(-300),
    )  # fmt: skip
    promise("d", kind="offer", address="Hansard, column 9")
    assert ("Says who" in facts(page("public", "d")), facts(page("public", "d"))["Published at"]) == (False, "Hansard, column 9")
    assert f'href="/ledger/plans/{PLAN}/"' in raw(page("public"))


def test_parent_and_parts_name_each_other_with_honest_counts() -> None:
    bodies()
    promise("c")
    for key, days in (("late", -1), ("open", 5), ("done", 5), ("found", 5)):
        promise(key, days=days, parent="c")
    claim("done", "claimed_done")
    find("found", "delivered")
    response = page("public")
    assert "4 in all: 1 ended or found delivered, 1 done as their owners say, 1 overdue, 1 open." in words(response)
    assert sorted(row[0] for row in rows(response, "Its parts")) == ["Promise done", "Promise found", "Promise late", "Promise open"]
    assert ("It is part of" in words(page("public", "late")), 'href="/ledger/c/"' in raw(page("public", "late"))) == (True, True)


def test_what_is_carried_on_names_what_it_continues() -> None:
    bodies()
    promise("plan-2030-a", plan=PLAN)
    carry_over(PLAN, keys=["plan-2030-a"], to="plan-2031", due_on=None, by=CENTRAL, at=at(0), because="owed")
    assert facts(page("public", "plan-2031-a"))["Continues"] == "Promise plan-2030-a"
    assert facts(page("public", "plan-2030-a"))["Continues"] == "no earlier one"


def test_held_words_are_seen_by_the_owner_and_the_office_alone() -> None:
    bodies()
    promise("c", kind="announcement")
    claim("c", "in_progress", held_text=SECRET)
    record_feedback("c", body=VOICE, on=on(-1), text="Long form.", held_text=f"{SECRET}-2", by=viewer("sector", VOICE), at=at(0))
    seen = {role: raw(page(role, body=VOICE if role == "sector" else "")).count(f"Held: {SECRET}\n") for role in ROLES}
    assert {role for role, number in seen.items() if number} == {"central", "auditor", "assessor", "lead", "sro", "official"}
    assert f"{SECRET}-2" in raw(page("sector", body=VOICE))
    assert SECRET not in raw(page("lead", body=SAMPLES))


def test_successor_is_named_and_answers_for_what_it_inherited() -> None:
    bodies()
    promise("c", SAMPLES, days=-1)
    record_succession(SAMPLES, successor=EXAMPLES, on=on(-2), how="merged", by=CENTRAL, at=at(0), because="a test")
    response = page("lead")
    assert rows(response, "Who owns it")[0][0] == "Ministry of Samples now answered for by Department of Examples"
    assert ("For Department of Examples." in words(response), "Say whether you take it on" in words(response)) == (True, False)
    assert post("lead", **CLAIM).status_code == 302
    assert rows(page("public"), TOLD)[0][:3] == [day(-1), "Department of Examples", "In progress"]
    assert "Put down what you found" in words(page("auditor"))


def test_successor_that_audits_too_never_finds_on_what_it_inherited() -> None:
    bodies()
    promise("c", SAMPLES)
    record_succession(SAMPLES, successor=EXAMPLES, on=on(-2), how="merged", by=CENTRAL, at=at(0), because="a test")
    client("lead")
    grant_role(account_of("p-lead-any"), role="auditor", body="", by="test", at=at(-9), because="a test")
    response = post("lead", act="finding", finding="delivered", text="It stands.")
    assert (response.status_code, "never finds on it" in words(response), Update.objects.count()) == (403, True, 0)


def test_money_promised_stands_beside_money_seen_paid_or_that_none_can_be_told(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    bodies()
    promise("c", kind="announcement", wording=Wording(money_promised=Decimal("2500000.00"), stage="Open", said_on=on(-300)))
    told = facts(page("public"))
    assert (told["Promised"], told["Stage"], told["Seen paid by its owners to voluntary organisations since"]) == ("£2,500,000.00", "Open", "not held")
    promise("d")
    assert "Money promised" not in words(page("public", "d"))


def test_money_seen_paid_opens_to_its_rows(site) -> None:
    bodies()
    promise("c", "department-for-examples", kind="announcement")
    told = facts(page("public"))["Seen paid by its owners to voluntary organisations since"]
    assert re.match(r"£[\d,.]+ \d+ rows? of [\d,]+ could be identified", told)
    assert 'href="/bodies/department-for-examples/"' in raw(page("public"))


# Who may add what


@pytest.mark.parametrize("kind", ["announcement", "offer"])
@pytest.mark.parametrize("role", ROLES)
def test_page_offers_each_role_what_it_may_do_and_takes_nothing_else(role: str, kind: str) -> None:
    bodies()
    promise("c", kind=kind)
    verbs = {"claim": "record_update", "answer": "accept_commitment", "finding": "record_finding", "feedback": "give_feedback", "ask": "ask"}
    may = {act for act, verb in verbs.items() if MAY[verb].get(role) == "any" or (MAY[verb].get(role) == "own" and role in OF_A_BODY)}
    may -= set() if kind == "announcement" else {"feedback"}
    text = words(page(role, body=EXAMPLES if role == "sector" else "")).replace("Put down what an owner tells", FORMS["claim"])
    assert {act for act, heading in FORMS.items() if heading in text} == may
    given = {"delivery": "in_progress", "finding": "delivered", "acceptance": "agreed", "text": "x", "due_on": str(on(9))}
    for act in FORMS:
        response = post(role, "c", EXAMPLES if role == "sector" else "", act=act, **given)
        assert response.status_code == (302 if act in may else 403), act
        if act in may:
            Update.objects.all().delete()


def test_body_that_owns_nothing_of_it_adds_nothing() -> None:
    bodies()
    promise("c", SAMPLES)
    assert [heading in words(page("lead")) for heading in FORMS.values()] == [False] * 5
    assert [post("lead", act=act, text="x", delivery="in_progress").status_code for act in ("claim", "answer", "none", "")] == [403] * 4
    assert Update.objects.count() == 0


def test_centre_puts_down_what_an_owner_tells() -> None:
    bodies()
    promise("c", SAMPLES)
    assert ("Put down what an owner tells" in words(page("central")), "For Ministry of Samples." in words(page("central"))) == (True, True)
    post("central", **CLAIM)
    row = Update.objects.get()
    assert (row.body, row.by, row.delivery, row.text) == (SAMPLES, "p-central-any", "in_progress", "It began.")


@pytest.mark.parametrize(
    ("role", "given", "field", "says"),
    [
        ("lead", {**CLAIM, "text": ""}, "text", "Nothing is written here"),
        ("lead", {**CLAIM, "on": "soon"}, "on", "expected a day such as"),
        ("lead", {**CLAIM, "on": "9999-01-01"}, "delivery", "which is still to come"),
        ("lead", {**CLAIM, "delivery": "finished"}, "delivery", "expected one of: In progress;"),
        ("lead", {**CLAIM, "delivery": "deferred"}, "delivery", "A deferral names a later day"),
        ("lead", {**CLAIM, "evidence_address": "page 9"}, "evidence_address", "expected a web address"),
        ("lead", {"act": "answer", "acceptance": ""}, "acceptance", "Nothing is written here; expected one of: Agreed; Not agreed."),
        ("lead", {"act": "answer", "acceptance": "not_agreed"}, "acceptance", "with the reason"),
        ("auditor", {"act": "finding", "text": "x"}, "finding", "expected one of: Delivered;"),
        ("auditor", {"act": "finding", "finding": "not_assessed", "text": "x"}, "finding", "expected one of: Delivered;"),
        ("sector", {"act": "feedback"}, "text", "Nothing is written here"),
        ("central", {"act": "ask", "due_on": ""}, "due_on", "Nothing is written here"),
        ("central", {"act": "ask", "due_on": "2001-01-01"}, "due_on", "expected a day after today."),
    ],
)
def test_what_cannot_be_added_says_why_beside_its_field(role: str, given: dict[str, str], field: str, says: str) -> None:
    bodies()
    promise("c", kind="announcement")
    response = post(role, "c", VOICE if role == "sector" else "", **given)
    assert (response.status_code, says in beside(response, given["act"] + field) or says in beside(response, field)) == (422, True)
    assert (Update.objects.count(), Feedback.objects.count(), Ask.objects.count(), Owner.objects.get().acceptance) == (0, 0, 0, "proposed")


def test_two_owners_who_tell_at_once_are_both_heard_and_the_second_is_told() -> None:
    bodies()
    promise("c")
    assert post("lead", **(CLAIM | {"delivery": "claimed_done"})).status_code == 302
    response = post("sro", **(CLAIM | {"delivery": "withdrawn", "text": "Given up."}))
    assert (response.status_code, "“Withdrawn” does not follow. Open it again first." in beside(response, "claimdelivery")) == (422, True)
    assert ("Given up." in raw(response), Update.objects.count()) == (True, 1)


def test_two_who_answer_for_one_owner_are_told() -> None:
    bodies()
    promise("c")
    given = {"act": "answer", "acceptance": "agreed", "because": ""}
    assert (post("lead", **given).status_code, post("sro", **given | {"acceptance": "not_agreed", "because": "No."}).status_code) == (302, 403)
    assert Owner.objects.get().acceptance == "agreed"


def test_owner_that_does_not_agree_says_why() -> None:
    bodies()
    promise("c", EXAMPLES, SAMPLES)
    answer_commitment("c", body=SAMPLES, acceptance="agreed", on=on(0), because="", by=viewer("lead", SAMPLES), at=at(0))
    post("lead", act="answer", acceptance="not_agreed", because="Not ours.")
    assert rows(page("public"), "Who owns it") == [
        ["Department of Examples", "Not agreed", day(0), "Not ours."], ["Ministry of Samples", "Agreed", day(0), ""],
    ]  # fmt: skip
    assert facts(page("public"))["Taken on"] == "Agreed by some of its owners"
    assert FORMS["answer"] not in words(page("lead"))


def test_finding_is_never_by_somebody_who_acts_for_an_owner() -> None:
    bodies()
    promise("c")
    client("lead")
    grant_role(account_of("p-lead-any"), role="auditor", body="", by="test", at=at(-9), because="a test")
    response = post("lead", act="finding", finding="delivered", text="It stands.")
    assert (response.status_code, "Whoever owns a commitment never finds on it" in words(response), Update.objects.count()) == (403, True, 0)
    assert post("auditor", act="finding", finding="delivered", text="It stands.").status_code == 302
    assert facts(page("public"))["Found independently"] == "Delivered"


def test_what_ended_is_opened_again_and_everybody_sees_it() -> None:
    bodies()
    promise("c")
    claim("c", "claimed_done")
    find("c", "delivered")
    post("lead", **CLAIM)
    told = facts(page("public"))
    assert (told["The owner says"], told["Found independently"]) == ("In progress opened again 1 time", "Not yet checked")
    assert rows(page("public"), TOLD)[0][2] == "In progress opened again"


def test_day_moved_alone_says_so() -> None:
    bodies()
    promise("c")
    post("lead", act="claim", delivery="", text="Later.", due_on=str(on(30)))
    assert (rows(page("public"), TOLD)[0][2], facts(page("public"))["Due"]) == ("Due day moved", f"{day(30)} put off 1 time")


def test_sector_says_what_it_makes_of_an_announcement() -> None:
    bodies()
    promise("c", SAMPLES, kind="announcement")
    assert "No sector body has said anything of it yet." in words(page("public"))
    post("sector", "c", VOICE, act="feedback", text="Members find the form long.", held_text=SECRET)
    assert rows(page("public"), "What the sector says of it") == [[day(0), "Sample Sector Voice", "Members find the form long."]]
    assert Feedback.objects.get().held_text == SECRET


def test_owners_are_asked_from_the_page_and_not_once_it_is_closed() -> None:
    bodies()
    promise("c", EXAMPLES, SAMPLES)
    assert post("central", act="ask", due_on=str(on(9))).headers["Location"] == "/ledger/c/"
    assert sorted(Ask.objects.values_list("body", "title", "subject")) == [(body, "An update of: Promise c", f"c/{on(9)}") for body in (EXAMPLES, SAMPLES)]
    find("c", "delivered")
    assert (FORMS["ask"] in words(page("central")), post("central", act="ask", due_on=str(on(9))).status_code) == (False, 403)


# Evidence


def copy_of(role: str, sha256: str):
    """The answer, and the copy's bytes."""
    answer = client(role).get(f"/ledger/evidence/{sha256}/")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer, content


def test_copy_of_evidence_is_kept_and_given_to_those_who_see_the_commitment(settings, tmp_path) -> None:
    settings.OPENCOMPACT_WORKSPACE = tmp_path
    bodies()
    promise("c")
    promise("shared", visibility="shared")
    for key, content in (("c", b"<script>a copy</script>"), ("shared", b"another copy")):
        copy = SimpleUploadedFile("minutes.html", content, content_type="text/html")
        given = {**CLAIM, "evidence_title": "" if key == "c" else "Minutes", "evidence_address": "https://sample.example/m", "copy": copy}
        assert post("lead", key, **given).status_code == 302
    row = Evidence.objects.get(update__commitment__key="c")
    assert (row.title, row.address, row.sha256) == ("minutes.html", "https://sample.example/m", hashlib.sha256(b"<script>a copy</script>").hexdigest())
    assert rows(page("public"), TOLD)[0][4] == f"minutes.html (https://sample.example/m), copy {row.sha256[:12]}…"
    answer, content = copy_of("public", row.sha256)
    assert (content, answer.headers["Content-Type"]) == (b"<script>a copy</script>", "application/octet-stream")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="evidence-{row.sha256[:12]}"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    hidden = hashlib.sha256(b"another copy").hexdigest()
    seen = {role for role in ROLES if copy_of(role, hidden)[0].status_code == 200}
    assert seen == set(SEES["shared"])
    assert client("central").get(f"/ledger/evidence/{'0' * 64}/").status_code == 404


def test_address_alone_is_evidence_too_and_a_copy_too_large_is_refused(monkeypatch) -> None:
    bodies()
    promise("c")
    post("lead", **CLAIM, evidence_address="https://sample.example/m")
    assert (Evidence.objects.get().title, 'href="https://sample.example/m"' in raw(page("public"))) == ("https://sample.example/m", True)
    monkeypatch.setattr(commitment, "MOST_EVIDENCE", 2**20)
    copy = SimpleUploadedFile("m.bin", b"x" * (2**20 + 1))
    response = post("lead", **CLAIM | {"copy": copy})
    says = "Found a copy of 1.0 MB; expected at most 1 MB. Give its address instead."
    assert (response.status_code, says in beside(response, "claimdelivery"), Update.objects.count()) == (422, True, 1)


def test_evidence_without_a_copy_is_named() -> None:
    bodies()
    promise("c")
    claim("c", "in_progress", evidence=[Resting("Seen on the wall", on(-5))])
    assert rows(page("public"), TOLD)[0][4] == "Seen on the wall"


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_whatever_was_told(number: int, django_assert_num_queries) -> None:
    bodies()
    promise("c")
    for place in range(number):
        claim("c", "in_progress", days=place - 5, evidence=[Resting("x", on(0))])
        promise(f"part-{place}", parent="c")
    browser = client("lead")
    with django_assert_num_queries(16):
        assert len(rows(browser.get("/ledger/c/"), TOLD)) == number


def test_following_is_for_people_with_an_account() -> None:
    bodies()
    promise("c")
    assert ["Follow it" in buttons(page(role)) for role in ("public", "charity")] == [False, True]
