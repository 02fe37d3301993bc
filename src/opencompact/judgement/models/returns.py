"""Tables of data returns and campaigns: a round, each body it asks, and each answer as it was given."""

from typing import ClassVar

from django.db import models

from opencompact.judgement.rules.campaigns import STATES
from opencompact.judgement.rules.returns import OUTCOMES

PRIVACY: dict[str, dict[str, str]] = {
    "ReturnRound": {"opened_by": "person"},
    "Addressee": {"email": "person"},
    "ReturnAnswer": {"text": "held where `is_held`", "recorded_by": "person"},
}


class ReturnRound(models.Model):
    """A year's standing return, or a campaign of freedom-of-information requests with one set of questions: a vocabulary of the catalogue.

    `year` is the one in which the financial year begins.
    """

    key = models.SlugField(max_length=80, unique=True)
    title = models.TextField()
    kind = models.CharField(max_length=10, choices=[("return", "Standing return"), ("campaign", "Campaign")])
    questions = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    letter = models.TextField(blank=True)
    opened_on = models.DateField()
    opened_by = models.TextField()
    opened_at = models.DateTimeField()

    class Meta:
        """One standing return a year."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("questions", "year"), condition=models.Q(kind="return"), name="return_once_a_year"),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Addressee(models.Model):
    """A body a round asks: when it was asked, by when it owes an answer, and how that was counted. Without a due day its clock does not run."""

    round = models.ForeignKey(ReturnRound, on_delete=models.CASCADE, related_name="addressees")
    body = models.SlugField(max_length=120, db_index=True)
    name = models.TextField()
    nation = models.CharField(max_length=20)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()))
    sent_on = models.DateField(null=True)
    unclear_on = models.DateField(null=True)
    clarified_on = models.DateField(null=True)
    fee_asked_on = models.DateField(null=True)
    fee_paid_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_sum = models.TextField(blank=True)
    reminded_on = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    replied_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    review_due_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    review_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Once a round; what ends was begun before."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("round", "body"), name="addressee_once"),
            models.CheckConstraint(condition=models.Q(clarified_on=None) | models.Q(unclear_on__isnull=False), name="addressee_clarified_was_unclear"),
            models.CheckConstraint(condition=models.Q(fee_paid_on=None) | models.Q(fee_asked_on__isnull=False), name="addressee_paid_was_asked"),
            models.CheckConstraint(
                condition=models.Q(extended_to=None, extended_on=None) | models.Q(extended_to__isnull=False, extended_on__isnull=False),
                name="addressee_extended_pair",
            ),
            models.CheckConstraint(condition=models.Q(reviewed_on=None) | models.Q(review_on__isnull=False), name="addressee_reviewed_was_asked"),
            models.CheckConstraint(condition=models.Q(state="unsent") | models.Q(sent_on__isnull=False), name="addressee_asked_has_day"),
            models.CheckConstraint(condition=~models.Q(state="replied") | models.Q(replied_on__isnull=False), name="addressee_replied_has_day"),
        ]

    def __str__(self) -> str:
        """Its name."""
        return self.name


class ReturnAnswer(models.Model):
    """What a body answered to one question, in its one written form, or why it did not."""

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="answers")
    question = models.SlugField(max_length=40)
    outcome = models.CharField(max_length=14, choices=list(OUTCOMES.items()))
    text = models.TextField(blank=True)
    is_held = models.BooleanField(default=False)
    on = models.DateField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        """One a question; what is answered says something."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("addressee", "question"), name="return_answer_once"),
            models.CheckConstraint(condition=~models.Q(outcome="answered") | ~models.Q(text=""), name="return_answer_says_something"),
        ]

    def __str__(self) -> str:
        """The question."""
        return self.question
