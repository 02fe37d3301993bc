"""The invented office goes into an empty office beside an invented country alone; copies that cannot be made or brought back say why."""

import re

import pytest
from django.test import Client
from tests.cli.office import asking
from tests.office import bodies
from tests.web.invented import build

from opencompact.accounts.models import Account
from opencompact.accounts.rules import ROLES
from opencompact.cli import BAD_INPUT, _keeping, _office
from opencompact.organisations.models import Body
from opencompact.web import showing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(tmp_path, settings, capsys, monkeypatch):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for passphrases that are printed anyway
    return asking("office", tmp_path, settings, capsys, monkeypatch)


def test_invented_office_stands_with_somebody_of_each_role_who_can_sign_in(office) -> None:
    code, out, _ = office("sample")
    lines = out.splitlines()
    emails = [re.match(r"  (\S+@sample\.invalid)", line)[1] for line in lines[1:]]
    assert (code, lines[0].startswith("An invented office stands."), sorted(emails)) == (
        0, True, sorted(f"{role}@sample.invalid" for role in ROLES if role != "public"),
    )  # fmt: skip
    assert sorted(Account.objects.values_list("email", flat=True)) == sorted(emails)
    passphrase = re.search(r"passphrase: (.*?)   ", lines[1])[1]
    for page in ("/office/", "/ledger/", "/silence/", "/posts/", "/meetings/", "/roundtables/", "/audits/", "/verdicts/", "/returns/"):
        assert Client().get(page).status_code == 200, page
    assert Client().post("/account/login/", {"login": emails[0], "password": passphrase}).status_code == 302
    again = office("sample")
    assert (again[0], "only into an empty office beside an invented country" in again[2], Account.objects.count()) == (BAD_INPUT, True, len(emails))


def test_office_that_has_bodies_is_left_alone(office) -> None:
    bodies()
    code, _, message = office("sample")
    assert (code, "Name another workspace." in message, Account.objects.count()) == (BAD_INPUT, True, 0)


def test_invented_office_never_stands_beside_the_real_record(office, tmp_path) -> None:
    build(tmp_path, years=range(2031, 2032), a_year=1, payments_a_month=1, standing="real")
    code, _, message = office("sample")
    showing._open.clear()
    assert (code, "beside an invented country" in message, Body.objects.count()) == (BAD_INPUT, True, 0)


def test_instant_of_the_invented_office_can_be_said(office, monkeypatch) -> None:
    monkeypatch.setattr(_office, "PARTS", ("bodies", "people"))
    assert office("sample", "--at", "2031-05-06T09:30:00Z")[0] == 0
    assert {str(row.joined_at) for row in Account.objects.all()} == {"2031-05-06 09:30:00+00:00"}


def test_copy_is_kept_and_brought_back_with_what_it_holds_counted(office, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(_keeping, "keep", lambda *_, **__: _keeping.Kept(1234, 5))
    monkeypatch.setattr(_keeping, "bring_back", lambda *_: _keeping.Kept(1234, 5))
    file = tmp_path / "kept.tar.gz"
    file.write_bytes(b"a copy")
    said = f"Kept 1,234 events and 5 files in {file}. Bring it back with: opencompact office restore {file} --workspace FOLDER\n"
    assert office("backup", str(file)) == (0, said, "")
    said = f"Brought back 1,234 events and 5 files. Check them with: opencompact audit verify --workspace {tmp_path}\n"
    assert office("restore", str(file)) == (0, said, "")


@pytest.mark.parametrize(("verb", "does"), [("backup", "keep"), ("restore", "bring_back")])
def test_copy_that_cannot_be_made_or_brought_back_says_why(office, tmp_path, monkeypatch, verb: str, does: str) -> None:
    def refuse(*_, **__) -> None:
        raise _keeping.CannotKeep("The disk is full. Name another folder.")

    monkeypatch.setattr(_keeping, does, refuse)
    file = tmp_path / "kept.tar.gz"
    file.write_bytes(b"what stood before")
    code, _, message = office(verb, str(file))
    assert (code, "The disk is full. Name another folder." in message, file.read_bytes()) == (BAD_INPUT, True, b"what stood before")
