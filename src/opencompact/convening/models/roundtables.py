"""Tables of roundtables: the pool of contacts, draws that can be made again, places and why, points made, what was replied and what changed."""

from typing import ClassVar

from django.db import models

from opencompact.convening.rules.roundtables import ANSWERS, STATES

PRIVACY: dict[str, dict[str, str]] = {
    "PoolContact": {"name": "person", "organisation": "person", "email": "person"},
    "Draw": {"pool": "central: what contacts count as, by number, without names"},
    "Invitee": {"token_hash": "secret", "contact": "central: who has a place"},
    "Roundtable": {"held_text": "shared among those who work on the agreement"},
    "Point": {"speaker": "person, only where they agreed to be named"},
}


class Roundtable(models.Model):
    """One roundtable: its seats, and the published profile its places are drawn to, in whole seats as it stood when it was planned."""

    key = models.SlugField(max_length=80, unique=True)
    subject = models.TextField()
    on = models.DateField(db_index=True)
    where = models.TextField(blank=True)
    seats = models.PositiveSmallIntegerField()
    profile = models.SlugField(max_length=60)
    quotas = models.JSONField()
    state = models.CharField(max_length=12, choices=list(STATES.items()))
    replies_due_on = models.DateField()
    held_text = models.TextField(blank=True)
    planned_by = models.TextField()
    planned_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """At least one seat; replies are due after the day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="roundtable_has_seats"),
            models.CheckConstraint(condition=models.Q(replies_due_on__gt=models.F("on")), name="roundtable_replies_after_day"),
        ]

    def __str__(self) -> str:
        """Its subject."""
        return self.subject


class PoolContact(models.Model):
    """Somebody who may be invited. There is no field for what anybody thinks."""

    name = models.TextField()
    organisation = models.TextField()
    email = models.EmailField(unique=True)
    region = models.SlugField(max_length=40, blank=True)
    size_band = models.SlugField(max_length=40, blank=True)
    sub_sector = models.SlugField(max_length=60, blank=True)
    role = models.SlugField(max_length=40, blank=True)
    last_invited_on = models.DateField(null=True)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        """Nothing of who."""
        return f"contact {self.pk}"


class Draw(models.Model):
    """One draw, by which it can be made again: seed, pool without names, who kept a place and who had declined, and what could not be met.

    `erased` counts people of the pool who were erased since; the pool's text is then no longer the one its checksum is of.
    """

    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="draws")
    number = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    pool = models.TextField()
    pool_sha256 = models.CharField(max_length=64)
    pool_size = models.PositiveIntegerField()
    erased = models.PositiveIntegerField(default=0)
    kept = models.JSONField()
    without = models.JSONField()
    missed = models.JSONField()
    drawn_by = models.TextField()
    drawn_at = models.DateTimeField()

    class Meta:
        """Numbered from 1."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("roundtable", "number"), name="draw_numbered")]

    def __str__(self) -> str:
        """Its number and seed."""
        return f"draw {self.number} by {self.seed}"


class Invitee(models.Model):
    """A place drawn: what it counts as, why it was drawn, whether it was taken and whether they came. Stands when the contact is erased."""

    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="invitees")
    contact = models.ForeignKey(PoolContact, on_delete=models.SET_NULL, null=True, related_name="invitations")
    region = models.SlugField(max_length=40, blank=True)
    size_band = models.SlugField(max_length=40, blank=True)
    sub_sector = models.SlugField(max_length=60, blank=True)
    role = models.SlugField(max_length=40, blank=True)
    reason = models.TextField()
    answer = models.CharField(max_length=10, blank=True, choices=list(ANSWERS.items()))
    came = models.BooleanField(null=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        """Once each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("roundtable", "contact"), name="invitee_once")]

    def __str__(self) -> str:
        """Nothing of who."""
        return f"place {self.pk}"


class Point(models.Model):
    """A point made, the reply of the body it was for, and what changed. `speaker` is the place of who made it, kept only where they agreed to be named."""

    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="points")
    text = models.TextField()
    agreed = models.BooleanField(default=False)
    speaker = models.ForeignKey(Invitee, on_delete=models.SET_NULL, null=True, related_name="points")
    body = models.TextField()
    made_on = models.DateField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True)
    changed = models.TextField(blank=True)
    changed_on = models.DateField(null=True)

    class Meta:
        """Nobody is named who did not agree; a reply and a change have their day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(agreed=True) | models.Q(speaker=None), name="point_named_only_if_agreed"),
            models.CheckConstraint(
                condition=models.Q(replied_on=None, reply="") | (models.Q(replied_on__isnull=False) & ~models.Q(reply="")), name="point_reply_dated"
            ),
            models.CheckConstraint(
                condition=models.Q(changed_on=None, changed="") | (models.Q(changed_on__isnull=False) & ~models.Q(changed="")), name="point_change_dated"
            ),
        ]

    def __str__(self) -> str:
        """Its words."""
        return self.text
