"""The invented audits, verdicts and challenges: something in every state, and what is held nowhere in public."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from opencompact.asking.models import Ask
from opencompact.cli._office import SECRET, audits, bodies
from opencompact.judgement.models import Challenge, Finding, Letter, Verdict
from opencompact.judgement.queries.verdicts import for_release
from opencompact.judgement.rules.audits import STATES
from opencompact.judgement.rules.challenges import STATES as CHALLENGED
from opencompact.judgement.rules.verdicts import STATES as JUDGED


@pytest.mark.django_db
def test_planting_leaves_something_in_every_state_and_nothing_held_in_public() -> None:
    at = datetime.now(UTC)
    bodies.plant(at)
    audits.plant(at)
    assert {row.state for row in Finding.objects.all()} == set(STATES)
    assert {row.state for row in Verdict.objects.all()} == set(JUDGED)
    assert {row.state for row in Challenge.objects.all()} == set(CHALLENGED)
    assert {row.kind for row in Ask.objects.all()} == {"finding_reply", "verdict_reply", "audit_evidence"}
    assert {row.answered_at is None for row in Letter.objects.all()} == {True, False}
    assert {row["reply_state"] for row in for_release(at=at)} == {"replied", "silent"}
    pages = ["/audits/", "/audits/sample-audit-follow-up/", "/verdicts/", "/scorecards/", "/challenges/"]
    pages += [f"/audits/{row.recommendation.round.key}/{row.recommendation.key}/{row.body}/" for row in Finding.objects.all()]
    pages += [f"/verdicts/{row.key}/" for row in Verdict.objects.all()] + [f"/challenges/{row.reference}/" for row in Challenge.objects.all()]
    browser = Client()
    assert [page for page in pages if SECRET in browser.get(page).content.decode()] == []
    files = [f"{page}?format=csv" for page in pages[1:5]]
    assert [page for page in files if SECRET in b"".join(browser.get(page).streaming_content).decode()] == []
