"""Tables of decisions about names: who a published payee is, as a person decided it, and what an organisation says against a link."""

from typing import ClassVar

from django.db import models

from opencompact.organisations.rules.decisions import OUTCOMES

PRIVACY: dict[str, dict[str, str]] = {
    "NameDecision": {"payee_name": "held: may name a person", "normalised_name": "held: may name a person", "decided_by": "person"},
    "Dispute": {
        "email": "person; erased when settled",
        "words": "held for reviewers of names",
        "payee_name": "held: may name a person",
        "normalised_name": "held: may name a person",
        "settled_by": "person",
    },
}


class NameDecision(models.Model):
    """What a person decided about a payee; a fact that is never changed, only followed by another (`superseded_by`).

    The payee is a name and a number as published (for every body that pays it, or for `body` alone), or a body's own `vendor_number`.
    """

    key = models.CharField(max_length=16, unique=True)
    payee_key = models.TextField()
    payee_name = models.TextField()
    normalised_name = models.TextField(db_index=True)
    published_org_id = models.TextField(blank=True)
    body = models.TextField(blank=True)
    vendor_number = models.TextField(blank=True)
    outcome = models.CharField(max_length=16, choices=list(OUTCOMES.items()))
    organisation_id = models.TextField(blank=True)
    because = models.TextField()
    decided_by = models.TextField()
    decided_at = models.DateTimeField(db_index=True)
    origin = models.TextField(blank=True)
    is_in_force = models.BooleanField(default=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="superseded")

    class Meta:
        """One in force for each payee; an organisation is named where, and only where, it was found; a vendor number is some body's."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("payee_key",), condition=models.Q(is_in_force=True), name="name_decision_one_in_force"),
            models.CheckConstraint(
                condition=(models.Q(outcome="organisation") & ~models.Q(organisation_id=""))
                | (~models.Q(outcome="organisation") & models.Q(organisation_id="")),
                name="name_decision_names_what_was_found",
            ),
            models.CheckConstraint(condition=models.Q(vendor_number="") | ~models.Q(body=""), name="name_decision_vendor_of_a_body"),
            models.CheckConstraint(condition=~models.Q(because=""), name="name_decision_with_reason"),
            models.CheckConstraint(condition=models.Q(superseded_by=None) | models.Q(is_in_force=False), name="name_decision_superseded_is_not_in_force"),
        ]

    def __str__(self) -> str:
        """Its key."""
        return self.key


class Dispute(models.Model):
    """What anybody says who holds that a payee is not the organisation it was linked to. It withholds nothing, and stands first to be looked at.

    `form` is the mark of the one form it was sent from, so that sending twice makes one.
    """

    reference = models.CharField(max_length=12, unique=True)
    form = models.CharField(max_length=64, unique=True)
    organisation_id = models.TextField(db_index=True)
    payee_name = models.TextField()
    normalised_name = models.TextField(db_index=True)
    words = models.TextField()
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField(db_index=True)
    because = models.TextField(blank=True)
    settled_by = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """Settled by somebody with a reason, and then without the address."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by="", because="")
                | (models.Q(settled_at__isnull=False, email="") & ~models.Q(settled_by="") & ~models.Q(because="")),
                name="dispute_settled_with_reason_without_address",
            ),
        ]

    def __str__(self) -> str:
        """Its reference."""
        return self.reference
