"""The people of the invented office: an account for each role with a passphrase and a second factor, who is in post, and what they were told."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator

from opencompact.accounts.actions import accept_invitation, appoint, end_appointment, first_invitation, follow, invite, notify, record_contact
from opencompact.accounts.rules import OF_A_BODY, ROLES
from opencompact.cli._office import AFFAIRS, EXAMPLES, LANTERNS, SECRET, SHARED, VARROWMERE, VOICE, WORKS
from opencompact.cli._office.bodies import BY
from opencompact.cli._office.codes import INVENTED, secret_of

PASSPHRASE = "an invented passphrase"  # noqa: S105  printed by the demo, of invented people
_BODIES = {"sector": VOICE, "charity": VOICE, "commissioner": VARROWMERE}


def plant(at: datetime) -> list[str]:
    """Put the people; gives a line for each account with its role and the secret of its second factor."""
    today = at.date()
    lines = []
    for role in ROLES:
        if role != "public":
            body = _BODIES.get(role, EXAMPLES) if role in OF_A_BODY else ""
            lines.append(_person(role, body, at))
    for place, body in enumerate((EXAMPLES, AFFAIRS, WORKS)):
        first = appoint(body, post="sro", name=f"Sample Director {place + 1}", email="", from_on=today - timedelta(days=700), name_public=True,
                        email_public=False, by=BY, at=at)  # fmt: skip
        appoint(body, post="lead", name=f"Sample Lead {place + 1}", email=f"lead{place + 1}@sample.invalid", from_on=today - timedelta(days=500),
                       name_public=place != 1, email_public=place == 0, by=BY, at=at)  # fmt: skip
        if place == 2:
            note = f"The files are in the blue cupboard. {SHARED}"
            end_appointment(first.pk, until_on=today - timedelta(days=64), handover_note=note, version=first.version, by=BY, at=at)
            appoint(body, post="lead", name="Sample Lead 4", email="", from_on=today - timedelta(days=30), name_public=True, email_public=False, by=BY, at=at)
    record_contact(EXAMPLES, on=today - timedelta(days=9), with_whom="Sample Lead 1", text=f"Rang about the training. {SECRET}", by=BY, at=at)
    invite("not-yet@sample.invalid", name="Sample Newcomer", role="lead", body=LANTERNS, by=BY, at=at, because="invented")
    return lines


def _person(role: str, body: str, at: datetime) -> str:
    email = f"{role}{INVENTED}"
    token = first_invitation(email, name=f"Sample {ROLES[role].lower()}", role=role, body=body, by="sample", at=at, because="invented")
    account = accept_invitation(token, passphrase=PASSPHRASE, at=at)
    secret = secret_of(role)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": secret})
    follow(account, "/ledger/sample-announcement/", at=at)
    notify([account], text="There is something new in the ledger.", address="/ledger/", at=at)
    return f"{email:28} {ROLES[role]:26} passphrase: {PASSPHRASE}   second factor's secret: {secret}"
