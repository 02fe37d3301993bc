"""People of an invented office for tests: an account for each role, its viewer, and a client signed in with a second factor."""

from datetime import UTC, date, datetime

from allauth.mfa.models import Authenticator
from django.test import Client

from opencompact.accounts.actions import grant_role
from opencompact.accounts.models import Account
from opencompact.accounts.rules import OF_A_BODY, Grant, Viewer
from opencompact.organisations.models import Body

AT = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
EXAMPLES, SAMPLES, VOICE = "department-of-examples", "ministry-of-samples", "sample-sector-voice"


def viewer(role: str, body: str = "") -> Viewer:
    """A viewer with that role, for Department of Examples where it is a role of a body and none is named."""
    return Viewer(f"p-{role}-{body or 'any'}", (Grant(role, body or (EXAMPLES if role in OF_A_BODY else "")),), f"A sample {role}")


def bodies() -> None:
    """The bodies of the invented office."""
    for slug, name, kind in (
        (EXAMPLES, "Department of Examples", "department"),
        (SAMPLES, "Ministry of Samples", "department"),
        (VOICE, "Sample Sector Voice", "sector"),
    ):
        Body.objects.get_or_create(body=slug, defaults={"name": name, "kind": kind})


def account(role: str, body: str = "", *, on: date = date(2020, 1, 1)) -> Account:
    """An account with that role since `on`, and a second factor; the same one when asked again."""
    who = viewer(role, body)
    made, new = Account.objects.get_or_create(
        public_id=who.account, defaults={"email": f"{role}.{body or 'any'}@sample.invalid", "name": who.name, "joined_at": AT}
    )
    if new:
        Authenticator.objects.create(user=made, type=Authenticator.Type.TOTP, data={"secret": "invented"})
        if role != "public":
            grant = grant_role(made, role=role, body=who.grants[0].body, by="test", at=datetime(on.year, on.month, on.day, tzinfo=UTC), because="a test")
            assert grant.from_on == on
    return made


def client(role: str = "public", body: str = "") -> Client:
    """A browser signed in as that role; the public is not signed in."""
    browser = Client()
    if role != "public":
        browser.force_login(account(role, body), backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser
