"""Tables of the office's bodies: who takes part, and which body continues which, from what day."""

from typing import ClassVar

from django.db import models

from opencompact.organisations.rules.succession import HOW

PRIVACY: dict[str, dict[str, str]] = {}


class Body(models.Model):
    """A public or sector body that takes part: `body` is its slug, the same as in the record; `kind` is of the vocabulary body-kinds, or `sector`."""

    body = models.SlugField(max_length=120, unique=True)
    name = models.TextField()
    kind = models.SlugField(max_length=60)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    mail_domain = models.TextField(blank=True)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Succession(models.Model):
    """From that day one body continues another: by merging, splitting, moving a duty, or a new name."""

    predecessor = models.SlugField(max_length=120, db_index=True)
    successor = models.SlugField(max_length=120, db_index=True)
    on = models.DateField()
    how = models.CharField(max_length=10, choices=[(word, word) for word in HOW])
    because = models.TextField(blank=True)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        """Once each, and nobody continues themselves."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("predecessor", "successor", "on"), name="succession_once"),
            models.CheckConstraint(condition=~models.Q(predecessor=models.F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        """Who after whom."""
        return f"{self.predecessor} → {self.successor}"
