"""The table of events: append only, without foreign keys, so that nothing can take an event with it."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One thing done. Privacy: `by` names who did it and stays inside; the rest may be shown to whoever may see the subject."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.TextField()
    verb = models.TextField()
    subject = models.TextField()
    because = models.TextField(blank=True)
    detail = models.TextField()
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        """Sequences run from 1, and every event says who did what to which subject."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="event_sequence_from_1"),
            models.CheckConstraint(condition=~models.Q(by="") & ~models.Q(verb="") & ~models.Q(subject=""), name="event_says_who_did_what"),
        ]

    def __str__(self) -> str:
        """Its place, and what was done to which subject."""
        return f"{self.sequence}: {self.verb} {self.subject}"
