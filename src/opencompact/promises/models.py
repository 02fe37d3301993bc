"""Tables of the ledger: commitments of every kind, who owns them, and the dated updates from which their state is folded."""

from typing import ClassVar

from django.db import models

from opencompact.accounts.rules import VISIBILITIES
from opencompact.promises.rules.commitments import ACCEPTANCE, KINDS, MEASURABLE

PRIVACY: dict[str, dict[str, str]] = {"Update": {"held_text": "held", "by": "person"}, "Feedback": {"held_text": "held"}}


class Commitment(models.Model):
    """Something promised, in the words it was promised in. `key` is readable and never changes; `origin` names the meeting, audit or case it came from."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=list(KINDS.items()), db_index=True)
    title = models.TextField()
    text = models.TextField()
    plan = models.SlugField(max_length=80, blank=True, db_index=True)
    objective = models.TextField(blank=True)
    place = models.TextField(blank=True)
    undertaking = models.TextField(blank=True)
    address = models.TextField(blank=True)
    origin = models.TextField(blank=True)
    said_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    is_specific = models.BooleanField(null=True)
    has_owner = models.BooleanField(null=True)
    has_date = models.BooleanField(null=True)
    measurable = models.CharField(max_length=6, blank=True, choices=list(MEASURABLE.items()))
    money_promised = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    stage = models.TextField(blank=True)
    visibility = models.CharField(max_length=8, choices=[(word, word) for word in VISIBILITIES])
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carried_to")
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """An origin becomes one commitment, however often it is sent; nothing is its own parent."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("origin",), condition=~models.Q(origin=""), name="commitment_origin_once"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="commitment_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Owner(models.Model):
    """A body that owns a commitment, and whether it agreed to."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="owners")
    body = models.TextField(db_index=True)
    acceptance = models.CharField(max_length=10, choices=list(ACCEPTANCE.items()), default="proposed")
    answered_on = models.DateField(null=True)
    because = models.TextField(blank=True)

    class Meta:
        """Once each; an answer has its day."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("commitment", "body"), name="owner_once"),
            models.CheckConstraint(
                condition=models.Q(acceptance="proposed", answered_on=None) | (~models.Q(acceptance="proposed") & models.Q(answered_on__isnull=False)),
                name="owner_answer_dated",
            ),
        ]

    def __str__(self) -> str:
        """The body."""
        return self.body


class Update(models.Model):
    """What was said of a commitment on a day, by whom; never changed afterwards. `held_text` is held."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="updates")
    body = models.TextField()
    on = models.DateField()
    text = models.TextField()
    held_text = models.TextField(blank=True)
    delivery = models.CharField(max_length=20, blank=True)
    finding = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(null=True)
    opens_again = models.BooleanField(default=False)
    stage = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """Found quickly by commitment and day, also where only those that change the state are wanted; a claim and a finding never come in one."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("commitment", "-on", "-id"), name="update_by_day"),
            models.Index(fields=("commitment", "-id", "delivery"), condition=~models.Q(delivery=""), name="update_of_delivery"),
            models.Index(fields=("commitment", "-id", "finding"), condition=~models.Q(finding=""), name="update_of_finding"),
            models.Index(fields=("commitment", "-id", "due_on"), condition=models.Q(due_on__isnull=False), name="update_of_due"),
            models.Index(fields=("commitment", "-id"), condition=models.Q(opens_again=True), name="update_of_opening"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(delivery="") | models.Q(finding=""), name="update_claim_or_finding")
        ]

    def __str__(self) -> str:
        """Its day and first words."""
        return f"{self.on}: {self.text[:60]}"


class Evidence(models.Model):
    """What an update rests on: an address, when it was looked at, and the checksum of the copy kept under `evidence/` in the workspace."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="evidence")
    title = models.TextField()
    address = models.TextField(blank=True)
    seen_on = models.DateField()
    sha256 = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Feedback(models.Model):
    """What the sector says of an announcement. `held_text` is held."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="feedback")
    body = models.TextField()
    on = models.DateField()
    text = models.TextField()
    held_text = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Its day and first words."""
        return f"{self.on}: {self.text[:60]}"


class ImportProblem(models.Model):
    """A row of a tracker that could not be read: kept with its place, what was found and what was expected."""

    plan = models.SlugField(max_length=80, db_index=True)
    file = models.TextField()
    sha256 = models.CharField(max_length=64)
    sheet = models.TextField()
    row = models.PositiveIntegerField()
    field = models.TextField()
    found = models.TextField()
    expected = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Its place."""
        return f"{self.sheet}, row {self.row}, {self.field}"
