"""Tables of yearly returns of spending: targets one after another, what was filed, and who signed which step; rows are added, never changed."""

from typing import ClassVar

from django.db import models

from opencompact.judgement.rules.spend_returns import UNITS

PRIVACY: dict[str, dict[str, str]] = {
    "SpendTarget": {"set_by": "person"},
    "SpendFiling": {"filed_by": "person"},
    "SpendSignOff": {"name": "person, named in their post", "recorded_by": "person"},
}


class SpendTarget(models.Model):
    """A target a body set, the first or one that changes another: `year` is the one in which it is to be reached, `supplier` who it is of.

    A share is in per cent. `baseline_amount` is what the body states; null where it states none.
    """

    spend_return = models.SlugField(max_length=60)
    body = models.SlugField(max_length=120, db_index=True)
    supplier = models.SlugField(max_length=20)
    place = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=list(UNITS.items()))
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    baseline_year = models.PositiveSmallIntegerField()
    baseline_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    because = models.TextField()
    set_by = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        """One after another; each with its reason, and more than nothing."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("spend_return", "body", "supplier", "place"), name="spend_target_place_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="spend_target_above_nought"),
            models.CheckConstraint(condition=~models.Q(unit="share") | models.Q(amount__lte=100), name="spend_target_share_within_100"),
            models.CheckConstraint(condition=~models.Q(because=""), name="spend_target_has_reason"),
        ]

    def __str__(self) -> str:
        """Whose, and which."""
        return f"{self.body} {self.supplier} {self.place}"


class SpendFiling(models.Model):
    """A year's return as a body filed it: the figures then, the release they are from, and how they were made. A correction is a new one with its reason."""

    spend_return = models.SlugField(max_length=60)
    body = models.SlugField(max_length=120, db_index=True)
    year = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    release = models.TextField()
    method = models.TextField()
    because = models.TextField(blank=True)
    filed_by = models.TextField()
    filed_at = models.DateTimeField()

    class Meta:
        """One after another; every one but the first says why."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("spend_return", "body", "year", "place"), name="spend_filing_place_once"),
            models.CheckConstraint(condition=~models.Q(method=""), name="spend_filing_has_method"),
            models.CheckConstraint(condition=models.Q(place=1) | ~models.Q(because=""), name="spend_filing_correction_has_reason"),
        ]

    def __str__(self) -> str:
        """Whose, and of which year."""
        return f"{self.body} {self.year} {self.place}"


class SpendSignOff(models.Model):
    """One step of the sign-off of a target or of a filing: who took it, in which post, on which day, and who wrote it down here."""

    target = models.ForeignKey(SpendTarget, on_delete=models.PROTECT, null=True, related_name="sign_offs")
    filing = models.ForeignKey(SpendFiling, on_delete=models.PROTECT, null=True, related_name="sign_offs")
    step = models.SlugField(max_length=20)
    name = models.TextField()
    post = models.TextField()
    on = models.DateField()
    note = models.TextField(blank=True)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        """Of one thing, and each step once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(target=None, filing__isnull=False) | models.Q(target__isnull=False, filing=None), name="spend_sign_off_of_one_thing"
            ),
            models.UniqueConstraint(fields=("target", "step"), condition=models.Q(target__isnull=False), name="spend_sign_off_target_once"),
            models.UniqueConstraint(fields=("filing", "step"), condition=models.Q(filing__isnull=False), name="spend_sign_off_filing_once"),
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(post=""), name="spend_sign_off_is_named"),
        ]

    def __str__(self) -> str:
        """The step."""
        return self.step
