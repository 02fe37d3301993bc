"""Tables of accounts: people, their roles, invitations, sessions, appointments, follows and notifications."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from opencompact.accounts.rules import OF_A_BODY, ROLES

# What each field holds of a person: "person" names or reaches one, "secret" must never be shown, all others say nothing of a person.
PRIVACY: dict[str, dict[str, str]] = {
    "Account": {"email": "person", "name": "person", "password": "secret", "public_id": "none"},
    "Invitation": {"email": "person", "token_hash": "secret"},
    "Appointment": {"name": "person", "email": "person", "handover_note": "held"},
    "Contact": {"text": "held", "with_whom": "person"},
    "Session": {"session_key": "secret", "session_data": "secret"},
}


class Account(AbstractBaseUser):
    """Somebody who signs in by e-mail and passphrase. No address of a machine and no name of a browser is kept."""

    public_id = models.SlugField(max_length=40, unique=True)
    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "public_id", "joined_at"]

    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()  # type: ignore[assignment]  # allauth looks people up by it

    class Meta:
        """A name and an e-mail address each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(email=""), name="account_named")]

    def __str__(self) -> str:
        """The name."""
        return self.name


class RoleGrant(models.Model):
    """A role of an account, for a body where the role is one of a body, from a day and up to the day before `until_on`."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=[(word, title) for word, title in ROLES.items() if word != "public"])
    body = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    granted_by = models.TextField()
    granted_at = models.DateTimeField()

    class Meta:
        """A role of a body names it; the others name none; one grant a role and body at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(models.Q(role__in=sorted(OF_A_BODY)) & ~models.Q(body="")) | (~models.Q(role__in=sorted(OF_A_BODY)) & models.Q(body="")),
                name="role_grant_body_where_needed",
            ),
            models.UniqueConstraint(fields=("account", "role", "body"), condition=models.Q(until_on=None), name="role_grant_once"),
        ]

    def __str__(self) -> str:
        """The role and its body."""
        return f"{self.role} {self.body}".strip()


class Invitation(models.Model):
    """An invitation to take up a role; the link is kept only as its hash."""

    email = models.EmailField()
    name = models.TextField()
    role = models.CharField(max_length=20)
    body = models.TextField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.TextField()
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The role offered."""
        return f"{self.role} {self.body}".strip()


class Session(AbstractBaseSession):
    """A signed-in browser, so that a person can list and end them; no address and no browser name is kept."""

    account_id = models.BigIntegerField(null=True, db_index=True)
    began_at = models.DateTimeField(null=True)

    @classmethod
    def get_session_store_class(cls) -> type:
        """The engine whose way of signing what a session holds this table shares."""
        return SessionStore


class FactorReset(models.Model):
    """A lost second factor: one of the central team asks, another approves, and only then is it taken off."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="factor_resets")
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    because = models.TextField()
    approved_by = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    refused_by = models.TextField(blank=True)
    refused_at = models.DateTimeField(null=True)

    class Meta:
        """Two different people, neither the one who lost it."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(approved_by=models.F("asked_by")), name="factor_reset_two_people"),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by="") | (models.Q(approved_at__isnull=False) & ~models.Q(approved_by="")),
                name="factor_reset_approved_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(refused_at=None, refused_by="") | (models.Q(refused_at__isnull=False) & ~models.Q(refused_by="")),
                name="factor_reset_refused_pair",
            ),
        ]

    def __str__(self) -> str:
        """Whose."""
        return f"second factor of account {self.account_id}"


class Appointment(models.Model):
    """Somebody in a post of a body, from a day and up to the day before `until_on`; listed in public only as far as they agreed."""

    body = models.TextField(db_index=True)
    post = models.CharField(max_length=20)
    name = models.TextField()
    email = models.EmailField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    name_public = models.BooleanField(default=False)
    email_public = models.BooleanField(default=False)
    handover_note = models.TextField(blank=True)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """It ends after it began."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(until_on=None) | models.Q(until_on__gt=models.F("from_on")), name="appointment_ends_after_start")
        ]

    def __str__(self) -> str:
        """The post and the body."""
        return f"{self.post} of {self.body}"


class Contact(models.Model):
    """A contact with a body between meetings: who with, on which day, what about. Held."""

    body = models.TextField(db_index=True)
    on = models.DateField()
    with_whom = models.TextField(blank=True)
    text = models.TextField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        """The body and the day."""
        return f"{self.body} {self.on}"


class Follow(models.Model):
    """An account that wants to hear of a subject: the address of its page."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="follows")
    subject = models.TextField()
    since = models.DateTimeField()

    class Meta:
        """Once each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("account", "subject"), name="follow_once")]

    def __str__(self) -> str:
        """The subject."""
        return self.subject


class Notification(models.Model):
    """Something to look at: a sentence without secret content, and the address of a page that decides anew what its reader sees."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notifications")
    text = models.TextField()
    address = models.TextField()
    at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The sentence."""
        return self.text
