"""Tables of data returns and campaigns: a round, each body it asks, and each answer as it was given."""

from typing import ClassVar

from django.db import models

from opencompact.judgement.rules.returns import OUTCOMES

PRIVACY: dict[str, dict[str, str]] = {"Addressee": {"email": "person"}, "ReturnAnswer": {"text": "held where `is_held`"}}


class ReturnRound(models.Model):
    """A year's standing return, or a campaign of freedom-of-information requests with one set of questions."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.TextField()
    kind = models.CharField(max_length=10, choices=[("return", "Standing return"), ("campaign", "Campaign")])
    questions = models.SlugField(max_length=40)
    year = models.PositiveSmallIntegerField()
    letter = models.TextField(blank=True)
    opened_on = models.DateField()
    opened_by = models.TextField()
    opened_at = models.DateTimeField()

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
    sent_on = models.DateField()
    unclear_on = models.DateField(null=True)
    clarified_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_sum = models.TextField(blank=True)
    reminded_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Once a round; what was made clear was unclear before."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("round", "body"), name="addressee_once"),
            models.CheckConstraint(condition=models.Q(clarified_on=None) | models.Q(unclear_on__isnull=False), name="addressee_clarified_was_unclear"),
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
