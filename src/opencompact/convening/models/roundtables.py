"""Tables of roundtables: the pool of contacts, who was drawn and why, points made, what was replied and what changed."""

from typing import ClassVar

from django.db import models

from opencompact.convening.rules.roundtables import STATES

PRIVACY: dict[str, dict[str, str]] = {
    "PoolContact": {"name": "person", "organisation": "person", "email": "person"},
    "Invitee": {"token_hash": "secret"},
    "Roundtable": {"held_text": "shared among those who work on the agreement"},
    "Point": {"speaker": "person, only where they agreed to be named"},
}


class Roundtable(models.Model):
    """One roundtable: its seats, the published profile its places are drawn to, and the seed and pool by which the draw can be done again."""

    key = models.SlugField(max_length=80, unique=True)
    subject = models.TextField()
    on = models.DateField(db_index=True)
    where = models.TextField(blank=True)
    seats = models.PositiveSmallIntegerField()
    profile = models.SlugField(max_length=60)
    state = models.CharField(max_length=12, choices=list(STATES.items()))
    seed = models.PositiveIntegerField(null=True)
    pool_sha256 = models.CharField(max_length=64, blank=True)
    relaxed = models.JSONField(default=list)
    replies_due_on = models.DateField(null=True)
    held_text = models.TextField(blank=True)
    planned_by = models.TextField()
    planned_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """At least one seat; a draw names its seed and its pool."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="roundtable_has_seats"),
            models.CheckConstraint(
                condition=models.Q(seed=None, pool_sha256="") | (models.Q(seed__isnull=False) & ~models.Q(pool_sha256="")), name="roundtable_draw_whole"
            ),
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
    last_attended_on = models.DateField(null=True)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        """Nothing of who."""
        return f"contact {self.pk}"


class Invitee(models.Model):
    """A place drawn: what it counts as, why it was drawn, whether it was taken and whether they came. Stands when the contact is erased."""

    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="invitees")
    contact = models.ForeignKey(PoolContact, on_delete=models.SET_NULL, null=True, related_name="invitations")
    region = models.SlugField(max_length=40, blank=True)
    size_band = models.SlugField(max_length=40, blank=True)
    sub_sector = models.SlugField(max_length=60, blank=True)
    role = models.SlugField(max_length=40, blank=True)
    reason = models.TextField()
    answer = models.CharField(max_length=10, blank=True, choices=[("accepted", "Accepted"), ("declined", "Declined")])
    came = models.BooleanField(null=True)
    token_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        """Once each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("roundtable", "contact"), name="invitee_once")]

    def __str__(self) -> str:
        """Nothing of who."""
        return f"place {self.pk}"


class Point(models.Model):
    """A point made, the reply of the body it was for, and what changed; without attribution unless the speaker agreed."""

    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="points")
    text = models.TextField()
    speaker = models.TextField(blank=True)
    body = models.TextField()
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True)
    changed = models.TextField(blank=True)
    changed_on = models.DateField(null=True)

    class Meta:
        """A reply and a change have their day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
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
