"""What the chair sees before a meeting."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.convening.gatherings import CENTRAL, in_state, planned, sent, today
from tests.office import EXAMPLES, SAMPLES, VOICE, client, viewer
from tests.web.convening.test_meetings import text

from opencompact.accounts.actions import appoint, end_appointment
from opencompact.convening.actions.meetings import open_round
from opencompact.convening.models import Series
from opencompact.promises.actions.ledger import record_commitment, record_update

pytestmark = pytest.mark.django_db
ADDRESS = "/meetings/council-next/cockpit/"


def commitment(key: str, *, days: int, origin: str = "") -> None:
    record_commitment(
        key=key, kind="meeting_action", title=f"Title of {key}", text="X.", owners=[EXAMPLES], due_on=today().date() + timedelta(days=days), origin=origin,
        by=CENTRAL, at=today(), because="",
    )  # fmt: skip


def test_it_is_for_those_who_plan():
    in_state("invited", at=today())
    assert client().get(ADDRESS).status_code == 302
    assert client("lead").get(ADDRESS).status_code == 403
    assert client("central").get("/meetings/none/cockpit/").status_code == 404


def test_it_says_who_has_not_replied_what_is_overdue_and_what_moved():
    in_state("held", "past", at=today() - timedelta(days=60))
    row = in_state("invited", at=today())
    open_round(row.key, by=CENTRAL, at=today())
    for body in (EXAMPLES, VOICE):
        sent(row, "attendance", body, answer="attended", at=today())
    sent(row, "meeting_return", EXAMPLES, done="Trained 12.", at=today())
    commitment("ours", days=-9, origin="meeting/council/past/action/1")
    commitment("theirs", days=-5)
    commitment("later", days=5)
    record_update("later", body=EXAMPLES, on=today().date(), text="Begun.", delivery="in_progress", by=viewer("lead"), at=today(), because="")
    said = text(client("central").get(ADDRESS))
    assert "2 bodies have not replied; 2 commitments overdue;" in said
    assert said.index("Overdue of what this series asked") < said.index("/ledger/ours/") < said.index("Overdue elsewhere") < said.index("/ledger/theirs/")
    assert ("Trained 12." in said, "Begun." in said, "1 update since" in said) == (True, True, True)
    assert "Cases are not kept here yet" in said


def test_it_says_what_is_empty_and_why():
    row = planned(at=today())
    said = text(client("central").get(ADDRESS))
    assert "Nobody is asked yet: send the invitations." in said
    assert "No meeting of this series was held before" in said
    assert said.count("Nothing is overdue.") == 2
    assert "No release is held, so no consultation can be shown." in said
    in_state("invited", "other", at=today())
    assert row.state == "planned"


def test_it_says_when_everybody_replied():
    row = in_state("invited", at=today())
    for body in (EXAMPLES, SAMPLES, VOICE):
        sent(row, "attendance", body, answer="attended", at=today())
    assert "Everybody asked has replied." in text(client("central").get(ADDRESS))


@pytest.mark.parametrize(("quorum", "words"), [(2, "2 more must say that they do"), (None, "")])
def test_it_counts_whether_enough_come(quorum, words):
    in_state("invited", at=today())
    Series.objects.update(quorum=quorum)
    said = text(client("central").get(ADDRESS))
    assert ((words in said) if words else "Quorum" not in said, "enough do" in said) == (True, False)


def test_of_a_meeting_held_those_who_came_count():
    in_state("held", at=today() - timedelta(days=40))
    assert "2 bodies must come; enough do." in text(client("central").get(ADDRESS))


def test_posts_vacant_are_counted_in_days_and_the_sectors_are_not_asked():
    in_state("invited", at=today())
    day = today().date()
    row = appoint(EXAMPLES, post="sro", name="A", email="", from_on=day - timedelta(days=90), name_public=True, email_public=False, by=CENTRAL, at=today())
    end_appointment(row.pk, until_on=day - timedelta(days=9), handover_note="", version=row.version, by=CENTRAL, at=today())
    appoint(SAMPLES, post="lead", name="B", email="", from_on=day, name_public=True, email_public=False, by=CENTRAL, at=today())
    said = text(client("central").get(ADDRESS))
    vacant = said[said.index("Posts vacant") : said.index("Issues newly raised")]
    assert (vacant.count("never appointed"), '<td class="number">10\n' in vacant, "Sample Sector Voice" in vacant) == (2, True, False)


def test_short_consultations_are_those_of_the_release_in_force(site):
    in_state("invited", at=today())
    said = text(client("central").get(ADDRESS))
    short = said[said.index("Consultations opened since that are short") : said.index("Posts vacant")]
    assert ('href="/consultations/' in short, "Open for less than 84 days, by release" in short) == (True, True)


def test_a_release_without_any_since_says_so(site):
    in_state("held", "past", at=datetime(2099, 5, 6, 9, tzinfo=UTC))
    in_state("invited", at=datetime(2099, 9, 6, 9, tzinfo=UTC))
    said = text(client("central").get(ADDRESS))
    assert (
        "holds none: none was opened since, or none is read yet." in said,
        'href="/consultations/' in said[said.index("opened since that are short") :],
    ) == (True, False)
