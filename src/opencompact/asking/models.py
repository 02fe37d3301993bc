"""Tables of asking: asks, the one-time links made for them, and what bodies draft, clear and send."""

from typing import ClassVar

from django.db import models

from opencompact.asking.rules.steps import STATES

PRIVACY: dict[str, dict[str, str]] = {
    "OneTimeLink": {"email": "person", "token_hash": "secret"},
    "Submission": {"answers": "own until sent; then each field as its question says", "cleared_by_name": "person", "note": "own"},
}


class Ask(models.Model):
    """A body is asked for something by a day: `kind` says what (update, return, reply, attendance, sign_off …), `subject` of what."""

    body = models.TextField(db_index=True)
    kind = models.SlugField(max_length=40)
    subject = models.TextField(db_index=True)
    title = models.TextField()
    asked_on = models.DateField()
    due_on = models.DateField(db_index=True)
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    withdrawn_by = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        """One ask a body, kind and subject; due after it was asked."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("body", "kind", "subject"), name="ask_once"),
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("asked_on")), name="ask_due_after_asked"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by="") | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
                name="ask_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class OneTimeLink(models.Model):
    """A link that lets somebody without an account draft or clear and send the answer to one ask; kept as its hash, spent when sent."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="links")
    public_id = models.SlugField(max_length=40, unique=True)
    email = models.EmailField()
    role = models.CharField(max_length=20)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Its public id."""
        return self.public_id


class Submission(models.Model):
    """One answer to an ask on its way; the body's own until it is sent."""

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=12, choices=[(word, word) for word in STATES])
    answers = models.JSONField()
    note = models.TextField(blank=True)
    drafted_by = models.TextField()
    drafted_at = models.DateTimeField()
    cleared_by = models.TextField(blank=True)
    cleared_by_name = models.TextField(blank=True)
    cleared_by_post = models.TextField(blank=True)
    cleared_at = models.DateTimeField(null=True)
    sent_by = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Nothing is sent that no named official cleared; one answer at a time is on its way."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(cleared_at=None, cleared_by="", cleared_by_name="")
                | (models.Q(cleared_at__isnull=False) & ~models.Q(cleared_by="") & ~models.Q(cleared_by_name="")),
                name="submission_cleared_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at=None, sent_by="") | (models.Q(sent_at__isnull=False) & ~models.Q(sent_by="")), name="submission_sent_pair"
            ),
            models.CheckConstraint(condition=models.Q(sent_at=None) | models.Q(cleared_at__isnull=False), name="submission_sent_was_cleared"),
            models.UniqueConstraint(fields=("ask",), condition=models.Q(state__in=["drafted", "cleared", "returned"]), name="submission_one_on_its_way"),
        ]

    def __str__(self) -> str:
        """Its state."""
        return f"{self.state} answer"
