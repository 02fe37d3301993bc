"""Tables of verdicts that need judgement: what an assessor proposes of a body and an undertaking, its evidence, reply and signature."""

from typing import ClassVar

from django.db import models

from opencompact.accounts.rules import VISIBILITIES
from opencompact.judgement.models.trail import Resting, Said
from opencompact.judgement.rules.verdicts import KEPT, STATES
from opencompact.shapes.consultation_verdicts import VERDICTS

PRIVACY: dict[str, dict[str, str]] = {
    "Verdict": {"held_text": "held", "held_reply": "held", "proposed_by": "person", "put_by": "person", "replied_by": "person", "signed_by": "person"},
    "VerdictStep": {"by": "person"},
}


class Verdict(models.Model):
    """What an assessor holds of one body and one undertaking in one year. Signed only by somebody else, after the body could answer."""

    key = models.SlugField(max_length=200, unique=True)
    undertaking = models.CharField(max_length=100, db_index=True)
    body = models.SlugField(max_length=120, db_index=True)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=list(STATES.items()))
    visibility = models.CharField(max_length=8, choices=[(word, word) for word in VISIBILITIES])
    grade = models.CharField(max_length=20, choices=[(word, word) for word in VERDICTS])
    text = models.TextField()
    held_text = models.TextField(blank=True)
    proposed_by = models.TextField()
    proposed_at = models.DateTimeField()
    puttings = models.PositiveSmallIntegerField(default=0)
    reply_due_on = models.DateField(null=True)
    how_counted = models.TextField(blank=True)
    put_by = models.TextField(blank=True)
    put_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    held_reply = models.TextField(blank=True)
    replied_by = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    signed_on = models.DateField(null=True)
    signed_by = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One that counts for each undertaking, body and year; signed by another than proposed it, once the reply is finished."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("undertaking", "body", "year"), condition=~models.Q(state__in=["withdrawn", "retracted"]), name="verdict_one_that_counts"
            ),
            models.CheckConstraint(
                condition=models.Q(*(models.Q(state=state, visibility=kept) for state, kept in KEPT.items()), _connector=models.Q.OR),
                name="verdict_seen_as_its_state",
            ),
            models.CheckConstraint(
                condition=models.Q(put_at=None, put_by="", reply_due_on=None)
                | (models.Q(put_at__isnull=False, reply_due_on__isnull=False) & ~models.Q(put_by="")),
                name="verdict_put_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(replied_at=None, replied_by="", reply="") | (models.Q(replied_at__isnull=False) & ~models.Q(replied_by="")),
                name="verdict_replied_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None, signed_by="", signed_on=None)
                | (models.Q(signed_at__isnull=False, signed_on__isnull=False) & ~models.Q(signed_by="") & ~models.Q(signed_by=models.F("proposed_by"))),
                name="verdict_signed_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["signed", "retracted"])
                | (
                    models.Q(signed_on__isnull=False, put_at__isnull=False)
                    & (models.Q(replied_at__isnull=False, replied_at__lte=models.F("signed_at")) | models.Q(signed_on__gt=models.F("reply_due_on")))
                ),
                name="verdict_published_implies_reply_finished",
            ),
        ]

    def __str__(self) -> str:
        """Its key."""
        return self.key


class VerdictEvidence(Resting):
    """What a verdict rests on."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="evidence")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class VerdictStep(Said):
    """One step of a verdict with its words and grade as they then stood."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        """Its verb."""
        return self.verb
