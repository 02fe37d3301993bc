"""People from the command line: the first central officer invited, roles listed and ended, the digest mailed once."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.cli.office import asking
from tests.office import EXAMPLES, SAMPLES, account, bodies, client

from opencompact.accounts.actions import notify
from opencompact.accounts.models import Invitation, RoleGrant
from opencompact.audit.queries import events
from opencompact.cli import BAD_INPUT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def accounts(tmp_path, settings, capsys, monkeypatch):
    return asking("accounts", tmp_path, settings, capsys, monkeypatch)


def test_first_officer_is_invited_by_a_link_that_opens(accounts) -> None:
    code, out, _ = accounts("invite", "First@sample.invalid", "--name", "First Officer", "--role", "central", "--address", "https://office.example/")
    link = re.search(r"https://office\.example(/account/join/\S+)", out)[1]
    assert (code, out.startswith("Send this to First Officer; it is shown once:")) == (0, True)
    assert "You are invited as central team." in Client().get(link).content.decode()
    assert [(event.verb, event.by, event.because) for event in events(9)] == [("invite", "at the machine", "invited at the machine")]
    assert link.split("/")[3] not in str(Invitation.objects.values().get())


@pytest.mark.parametrize(
    ("role", "body", "says"),
    [
        ("king", "", "Found role king; expected one of central, lead,"),
        ("lead", "", "The role lead is of a body: name it."),
        ("auditor", EXAMPLES, "The role auditor is for the whole office: name no body."),
        ("lead", "nowhere", "No body nowhere takes part. Those that do: department-of-examples, ministry-of-samples, sample-sector-voice."),
    ],
)
def test_invitation_that_cannot_be_made_is_refused_in_words(accounts, role: str, body: str, says: str) -> None:
    bodies()
    code, _, message = accounts("invite", "a@sample.invalid", "--name", "A", "--role", role, "--body", body)
    assert (code, says in message, Invitation.objects.count()) == (BAD_INPUT, True, 0)


def test_body_where_none_takes_part_says_so(accounts) -> None:
    assert "Those that do: none yet." in accounts("invite", "a@sample.invalid", "--name", "A", "--role", "lead", "--body", "x")[2]


def test_everybody_is_listed_with_their_roles(accounts) -> None:
    assert accounts("list")[1] == ""
    account("lead")
    RoleGrant.objects.filter(account=account("auditor")).update(until_on=timezone.localdate())
    assert [line.split() for line in accounts("list")[1].splitlines()] == [
        ["auditor.any@sample.invalid", "A", "sample", "auditor", "no", "role"],
        ["lead.any@sample.invalid", "A", "sample", "lead", "lead", "of", EXAMPLES],
    ]


def test_role_is_ended_at_once_with_its_reason(accounts) -> None:
    bodies()
    browser = client("sector", SAMPLES)
    given = (f"Sector.{SAMPLES}@sample.invalid", "--role", "sector", "--body", SAMPLES, "--because", "left")
    assert browser.get("/account/").status_code == 200
    assert accounts("end", *given)[:2] == (0, f"Sector.{SAMPLES}@sample.invalid is no longer sector of {SAMPLES}.\n")
    assert (browser.get("/account/").status_code, events(1)[0].verb, events(1)[0].because) == (302, "end_access", "left")
    code, _, message = accounts("end", *given)
    assert (code, f"has no role sector of {SAMPLES} now. See `opencompact accounts list`." in message) == (BAD_INPUT, True)


@pytest.mark.parametrize(("email", "role"), [("nobody@sample.invalid", "auditor"), ("auditor.any@sample.invalid", "central")])
def test_role_that_is_none_is_not_ended(accounts, email: str, role: str) -> None:
    account("auditor")
    code, _, message = accounts("end", email, "--role", role, "--because", "x")
    assert (code, f"{email} has no role {role} now." in message, RoleGrant.objects.filter(until_on=None).count()) == (BAD_INPUT, True, 1)


def test_digest_is_one_mail_a_person_and_never_twice(accounts) -> None:
    for text in ("Something new on: A visit.", "Are your figures right? is due on 9 May 2031."):
        notify([account("lead"), account("sro")], text=text, address="/ledger/c/", at=timezone.now())
    notify([account("lead")], text="A third.", address="/asks/3/", at=timezone.now())
    assert accounts("digest", "--address", "https://office.example/")[1] == "Sent 2 mails.\n"
    assert [(each.to, each.subject, each.body.count("https://office.example/ledger/c/")) for each in mail.outbox] == [
        (["lead.any@sample.invalid"], "OpenCompact: 3 new", 2),
        (["sro.any@sample.invalid"], "OpenCompact: 2 new", 2),
    ]
    assert "- A third. https://office.example/asks/3/" in mail.outbox[0].body
    assert (accounts("digest")[1], len(mail.outbox)) == ("Sent 0 mails.\n", 2)
    notify([account("lead")], text="x", address="/", at=timezone.now())
    assert accounts("digest")[1] == "Sent 1 mail.\n"


def test_workspace_that_is_none_is_named(tmp_path, accounts, monkeypatch) -> None:
    from opencompact.cli import run

    code, message = run(["accounts", "list", "--workspace", str(tmp_path / "none")])
    assert (code, f"There is no workspace {tmp_path / 'none'}." in message) == (BAD_INPUT, True)
