"""What of an audit each person sees, its matrix and movement."""

from datetime import timedelta

import pytest
from tests.judgement.invented import AUDITOR, CELL, LEAD, SCALE, SILENT, audit_round, finding_in, graded, replied, sent
from tests.office import AT, EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import ANY, PUBLIC, ROLES, SEES, Viewer
from opencompact.judgement.actions import audits, audits_letters
from opencompact.judgement.queries import audits as queries
from opencompact.judgement.rules.audits import KEPT, STATES

pytestmark = pytest.mark.django_db
OTHER = ("audit", "lead", SAMPLES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
def test_a_finding_is_seen_as_its_state_says(state: str, role: str) -> None:
    finding_in(state)
    who = viewer(role) if role != "public" else PUBLIC
    sees = KEPT[state] == "public" or role in SEES[KEPT[state]]
    assert (queries.findings(who).count(), queries.findings(viewer("lead", SAMPLES)).count()) == (int(sees), int(KEPT[state] == "public"))


@pytest.mark.parametrize("role", ROLES)
def test_held_texts_are_seen_by_those_they_are_held_for(role: str) -> None:
    finding_in("published")
    held = queries.cell(viewer(role) if role != "public" else PUBLIC, *CELL)
    assert held is not None
    assert held.finding is not None
    assert (bool(held.finding.held_text), bool(held.finding.held_reply)) == (role in SEES["audit"], role in SEES["held"])


def test_trail_of_drafts_is_the_auditors_own() -> None:
    finding_in("published")
    seen = {role: [step.verb for step in held.steps] for role in ("auditor", "lead", "charity") if (held := queries.cell(viewer(role), *CELL))}
    assert seen == {
        "auditor": ["grade", "send_finding", "reply", "publish"],
        "lead": ["send_finding", "reply", "publish"],
        "charity": ["send_finding", "reply", "publish"],
    }


def test_round_is_the_auditors_until_something_is_sent_and_everybodys_once_something_is_published() -> None:
    audit_round()
    seen = []
    for act in (graded, lambda: audits.send_all("audit", by=AUDITOR, at=AT), lambda: audits.publish_all("audit", by=AUDITOR, at=SILENT)):
        act()
        seen.append([queries.round_of(who, "audit") is not None for who in (AUDITOR, viewer("lead", SAMPLES), PUBLIC)])
    assert seen == [[True, False, False], [True, True, False], [True, True, True]]


def test_round_of_many_bodies_stands_once_in_the_list() -> None:
    audit_round()
    assert [row.key for row in queries.rounds(AUDITOR)] == ["audit"]


def test_matrix_holds_every_cell_and_its_movement() -> None:
    audit_round()
    for cell, grade in ((CELL, "limited"), (OTHER, "good")):
        row = audits.send_finding(*cell, version=graded(cell, grade=grade).version, by=AUDITOR, at=AT)
        audits.publish(*cell, version=row.version, by=AUDITOR, at=SILENT)
    audit_round("next", follows="audit")
    later = SILENT + timedelta(days=90)
    for cell, grade in ((("next", "lead", EXAMPLES), "adequate"), (("next", "lead", SAMPLES), "none")):
        row = audits.send_finding(*cell, version=graded(cell, grade=grade).version, by=AUDITOR, at=SILENT)
        if cell[2] == EXAMPLES:
            audits.publish(*cell, version=row.version, by=AUDITOR, at=later)
    held = queries.round_of(AUDITOR, "next")
    assert held is not None
    matrix = queries.matrix(AUDITOR, held)
    assert ([row.key for row in matrix.recommendations], matrix.bodies) == (["lead"], [EXAMPLES, SAMPLES])
    assert [matrix.moved("lead", body, scale=SCALE) for body in matrix.bodies] == ["up", "down"]
    assert (queries.movements(matrix, scale=SCALE), queries.count_published(PUBLIC)) == ({"up": 1}, {held.follows_id: 2, held.pk: 1})
    public = queries.matrix(PUBLIC, held)
    assert [public.moved("lead", body, scale=SCALE) for body in public.bodies] == ["up", "gone"]


def test_what_was_taken_back_stands_for_no_grade() -> None:
    finding_in("retracted")
    held = queries.round_of(PUBLIC, "audit")
    assert held is not None
    assert (queries.matrix(PUBLIC, held).grade_of("lead", EXAMPLES), queries.matrix(PUBLIC, held).findings.keys()) == ("", {("lead", EXAMPLES)})


def test_cell_shows_earlier_rounds_as_published() -> None:
    finding_in("published")
    audit_round("next", follows="audit")
    audit_round("third", follows="next")
    graded(("third", "lead", EXAMPLES))
    held = queries.cell(AUDITOR, "third", "lead", EXAMPLES)
    assert held is not None
    assert [(row.recommendation.round.key, row.grade) for row in held.earlier] == [("audit", "limited")]


@pytest.mark.parametrize("place", [("none", "lead", EXAMPLES), ("audit", "none", EXAMPLES), ("audit", "lead", "none")])
def test_cell_that_is_none_is_none(place: tuple[str, str, str]) -> None:
    audit_round()
    assert queries.cell(AUDITOR, *place) is None


def test_cell_nobody_graded_has_letters_and_no_finding() -> None:
    audit_round()
    told = {"due_on": AT.date(), "how_counted": "counted", "by": AUDITOR, "at": AT, "because": ""}
    audits_letters.send_letter(*CELL, text="Please send.", **told)
    held = queries.cell(AUDITOR, *CELL)
    assert held is not None
    assert (held.finding, held.evidence, held.developments, held.steps, [row.number for row in held.letters]) == (None, [], [], [], [1])
    late = [queries.late_letters(AUDITOR, today=AT.date() + timedelta(days=days)).count() for days in (0, 1)]
    assert late == [0, 1]


@pytest.mark.parametrize("role", ROLES)
def test_letters_stand_between_body_and_office(role: str) -> None:
    audit_round()
    told = {"due_on": AT.date(), "how_counted": "counted", "by": AUDITOR, "at": AT, "because": ""}
    audits_letters.send_letter(*CELL, text="Please send.", **told)
    row = sent(OTHER)
    audits.publish(*OTHER, version=row.version, by=AUDITOR, at=SILENT)
    held = queries.cell(viewer(role) if role != "public" else PUBLIC, *CELL)
    assert held is not None
    assert len(held.letters) == int(role in SEES["held"])
    assert SEES["held"]["auditor"] == ANY


def test_figures_of_a_body_name_the_grade_before() -> None:
    audit_round()
    row = replied()
    audits.publish(*CELL, version=row.version, by=AUDITOR, at=AT + timedelta(days=2))
    audit_round("next", follows="audit")
    cell = ("next", "lead", EXAMPLES)
    row = audits.send_finding(*cell, version=graded(cell, grade="good").version, by=AUDITOR, at=SILENT)
    audits.publish(*cell, version=row.version, by=AUDITOR, at=SILENT + timedelta(days=60))
    assert [(finding.grade, before) for finding, before in queries.figures_of(PUBLIC, EXAMPLES)] == [("good", "limited"), ("limited", "")]
    assert queries.figures_of(Viewer(), SAMPLES) == []
    assert LEAD.bodies == {EXAMPLES}
