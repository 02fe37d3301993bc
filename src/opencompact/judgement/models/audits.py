"""Tables of audits: rounds, what they recommend to whom, findings with their evidence and reply, and what came later."""

from typing import ClassVar

from django.db import models

from opencompact.accounts.rules import VISIBILITIES
from opencompact.judgement.models.trail import Resting, Said
from opencompact.judgement.rules.audits import KEPT, STATES

PRIVACY: dict[str, dict[str, str]] = {
    "Finding": {"held_text": "audit", "held_reply": "held", "graded_by": "person", "sent_by": "person", "replied_by": "person", "published_by": "person"},
    "FindingStep": {"by": "person"},
    "Development": {"by": "person"},
    "Letter": {"text": "held", "answer": "held", "held_answer": "held", "sent_by": "person", "answered_by": "person"},
}


class Round(models.Model):
    """An audit, or a follow-up of one: `follows` is the round it is compared with. `visibility` is raised as findings go out."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.TextField()
    text = models.TextField(blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    cut_off_on = models.DateField()
    reply_working_days = models.PositiveSmallIntegerField()
    visibility = models.CharField(max_length=8, choices=[(word, word) for word in VISIBILITIES], default="audit")
    opened_by = models.TextField()
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """No round follows itself."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(follows=models.F("id")), name="round_does_not_follow_itself"),
            models.CheckConstraint(condition=models.Q(reply_working_days__gte=1), name="round_gives_days_to_reply"),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class RoundBody(models.Model):
    """A body that a round looks at."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="bodies")
    body = models.SlugField(max_length=120)

    class Meta:
        """Once each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("round", "body"), name="round_body_once")]

    def __str__(self) -> str:
        """The body."""
        return self.body


class Recommendation(models.Model):
    """What a round recommends; `key` is the same in every round that follows it up, `commitment` the ledger's key of the promise made in answer."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="recommendations")
    key = models.SlugField(max_length=60)
    place = models.PositiveSmallIntegerField()
    title = models.TextField()
    text = models.TextField()
    commitment = models.CharField(max_length=200, blank=True)

    class Meta:
        """One of a key in a round."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("round", "key"), name="recommendation_once")]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Finding(models.Model):
    """One cell: how far one body has come with one recommendation, by evidence up to `cut_off_on`. Never published before its reply is finished."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="findings")
    body = models.SlugField(max_length=120, db_index=True)
    state = models.CharField(max_length=12, choices=list(STATES.items()))
    visibility = models.CharField(max_length=8, choices=[(word, word) for word in VISIBILITIES])
    grade = models.CharField(max_length=20)
    text = models.TextField()
    held_text = models.TextField(blank=True)
    cut_off_on = models.DateField()
    graded_by = models.TextField()
    graded_at = models.DateTimeField()
    sendings = models.PositiveSmallIntegerField(default=0)
    reply_due_on = models.DateField(null=True)
    how_counted = models.TextField(blank=True)
    sent_by = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    held_reply = models.TextField(blank=True)
    replied_by = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True)
    published_by = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One a cell; seen as its state says; published only after it was sent and answered, or its last day passed in silence."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("recommendation", "body"), name="finding_once"),
            models.CheckConstraint(
                condition=models.Q(*(models.Q(state=state, visibility=kept) for state, kept in KEPT.items()), _connector=models.Q.OR),
                name="finding_seen_as_its_state",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at=None, sent_by="", reply_due_on=None)
                | (models.Q(sent_at__isnull=False, reply_due_on__isnull=False) & ~models.Q(sent_by="")),
                name="finding_sent_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(replied_at=None, replied_by="", reply="") | (models.Q(replied_at__isnull=False) & ~models.Q(replied_by="")),
                name="finding_replied_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_by="", published_on=None)
                | (models.Q(published_at__isnull=False, published_on__isnull=False) & ~models.Q(published_by="")),
                name="finding_published_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "retracted"])
                | (
                    models.Q(published_on__isnull=False, sent_at__isnull=False)
                    & (models.Q(replied_at__isnull=False, replied_at__lte=models.F("published_at")) | models.Q(published_on__gt=models.F("reply_due_on")))
                ),
                name="finding_published_implies_reply_finished",
            ),
        ]

    def __str__(self) -> str:
        """The body and its state."""
        return f"{self.body}: {self.state}"


class FindingEvidence(Resting):
    """What a finding rests on; nothing after its cut-off day."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Development(models.Model):
    """What happened after the cut-off day: it stands beside the finding and alters nothing of it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="developments")
    on = models.DateField()
    text = models.TextField()
    address = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    body = models.SlugField(max_length=120, blank=True)
    by = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Its day and first words."""
        return f"{self.on}: {self.text[:60]}"


class FindingStep(Said):
    """One step of a finding with its words and grade as they then stood: the trail from draft to publication."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="steps")

    def __str__(self) -> str:
        """Its verb."""
        return self.verb


class Letter(models.Model):
    """A letter that asks a body for evidence on one recommendation by a day, and its answer; between the body and the office."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="letters")
    body = models.SlugField(max_length=120, db_index=True)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    due_on = models.DateField()
    how_counted = models.TextField()
    sent_by = models.TextField()
    sent_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    address = models.TextField(blank=True)
    held_answer = models.TextField(blank=True)
    answered_by = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        """Numbered from 1 in its cell."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("recommendation", "body", "number"), name="letter_once"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by="", answer="") | (models.Q(answered_at__isnull=False) & ~models.Q(answered_by="")),
                name="letter_answered_pair",
            ),
        ]

    def __str__(self) -> str:
        """Its number."""
        return f"letter {self.number} to {self.body}"
