"""Tables of challenges: what somebody says is wrong on a public page, and what became of it."""

from typing import ClassVar

from django.db import models

from opencompact.judgement.rules.challenges import SETTLED, STATES

PRIVACY: dict[str, dict[str, str]] = {
    "Challenge": {
        "email": "person; erased when settled",
        "wrong": "held until reviewed",
        "right": "held until reviewed",
        "checking": "held until reviewed",
        "looked_by": "person",
        "settled_by": "person",
        "reviewed_by": "person",
    },
    "ChallengeStep": {"by": "person"},
}


class Challenge(models.Model):
    """What somebody without an account says is wrong; of the person only what they write, and an address that is erased when it is settled.

    `form` is the mark of the one form it was sent from, so that sending twice makes one challenge. `summary` is what is published of it.
    """

    reference = models.CharField(max_length=12, unique=True)
    form = models.CharField(max_length=64, unique=True)
    page = models.TextField()
    file = models.TextField(blank=True)
    row = models.PositiveIntegerField(null=True)
    release = models.TextField(blank=True)
    wrong = models.TextField()
    right = models.TextField(blank=True)
    checking = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=12, choices=list(STATES.items()))
    received_at = models.DateTimeField(db_index=True)
    looked_by = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True)
    summary = models.TextField(blank=True)
    reviewed_by = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)
    because = models.TextField(blank=True)
    settled_by = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Settled with a reason and without the address; published only as somebody reviewed it."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(looked_at=None, looked_by="") | (models.Q(looked_at__isnull=False) & ~models.Q(looked_by="")), name="challenge_looked_pair"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_at=None, reviewed_by="", summary="")
                | (models.Q(reviewed_at__isnull=False) & ~models.Q(reviewed_by="") & ~models.Q(summary="")),
                name="challenge_reviewed_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by="") | (models.Q(settled_at__isnull=False) & ~models.Q(settled_by="")),
                name="challenge_settled_pair",
            ),
            models.CheckConstraint(
                condition=(models.Q(state__in=sorted(SETTLED), settled_at__isnull=False, email="") & ~models.Q(because=""))
                | (~models.Q(state__in=sorted(SETTLED)) & models.Q(settled_at=None)),
                name="challenge_settled_with_reason_without_address",
            ),
        ]

    def __str__(self) -> str:
        """Its reference."""
        return self.reference


class ChallengeStep(models.Model):
    """One step of a challenge, with the reason given in public."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    because = models.TextField(blank=True)
    by = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Its verb."""
        return self.verb
