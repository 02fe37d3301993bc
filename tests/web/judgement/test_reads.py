"""What the pages of a body ask of the release."""

import re
from datetime import date

import duckdb
from django.template.loader import render_to_string

from opencompact.judgement.actions import put_judged
from opencompact.lake import Lake
from opencompact.registry import load_shapes
from opencompact.web.judgement import reads


def test_body_page_shows_signed_verdicts_with_reply_or_silence(tmp_path) -> None:
    row = {
        "undertaking": "compact-2010/1.1",
        "body": "department-for-examples",
        "year": 2031,
        "verdict": "met",
        "because": "An assessor read the papers.",
        "proposed_by_role": "assessor",
        "signed_by_role": "auditor",
        "signed_on": date(2031, 7, 1),
        "reply_due_on": date(2031, 6, 3),
        "how_counted": "20 working days",
        "evidence": "A page (https://example.org/page)",
    }
    lake = Lake(tmp_path / "lake", load_shapes())
    with lake.change() as change:
        answered = {**row, "verdict_id": "one", "reply_state": "replied", "reply": "We agree.", "replied_on": date(2031, 5, 20)}
        put_judged(change, [answered, {**row, "verdict_id": "two", "year": 2030, "reply_state": "silent"}])
        change.put_rows("undertakings", [])
        held = reads.judged_of_body(change.con, body="department-for-examples")
    assert [(each["verdict_id"], each["reply"]) for each in held] == [("one", "We agree."), ("two", None)]
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", render_to_string("judgement/verdicts_judged.html", {"judged": held})))
    for said in ("An assessor read the papers.", "We agree.", "Silence: asked, and no reply by 3 June 2031", "signed by the auditor"):
        assert said in page


def test_release_made_before_any_verdict_was_signed_has_none() -> None:
    assert reads.judged_of_body(duckdb.connect(), body="department-for-examples") == []
