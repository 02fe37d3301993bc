"""Tables of meetings: series, meetings with their minutes, agenda items, attendance, actions, what bodies say of the minutes, and the poll."""

from typing import ClassVar

from django.db import models

from opencompact.convening.rules.meetings import ACTIONS, ATTENDANCE, ITEMS, STATES

PRIVACY: dict[str, dict[str, str]] = {
    "Meeting": {"held_text": "shared among those who work on the agreement"},
    "Place": {"who": "person"},
    "PollAnswer": {"text": "shared, without who wrote it"},
    "Voted": {"who_hash": "secret"},
    "CalendarFeed": {"token_hash": "secret"},
}


class Series(models.Model):
    """Meetings of one kind, such as the quarterly council; `a_year` is how many were promised."""

    series = models.SlugField(max_length=60, unique=True)
    title = models.TextField()
    about = models.TextField(blank=True)
    a_year = models.PositiveSmallIntegerField(null=True)

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Meeting(models.Model):
    """One meeting, with its minutes. `sequence` counts the changes that calendars must take over."""

    key = models.SlugField(max_length=80, unique=True)
    series = models.SlugField(max_length=60, db_index=True)
    title = models.TextField()
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    where = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=[(word, title) for word, title in STATES.items()])
    sequence = models.PositiveIntegerField(default=0)
    minutes = models.TextField(blank=True)
    held_text = models.TextField(blank=True)
    planned_by = models.TextField()
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_by = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """It ends after it begins; published minutes say by whom and when."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_by="") | (models.Q(published_at__isnull=False) & ~models.Q(published_by="")),
                name="meeting_published_pair",
            ),
        ]

    def __str__(self) -> str:
        """Its title."""
        return self.title


class AgendaItem(models.Model):
    """An item of an agenda, in its place; a carried one names the commitment it is about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=list(ITEMS.items()))
    title = models.TextField()
    text = models.TextField(blank=True)
    address = models.TextField(blank=True)

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Place(models.Model):
    """A body's place at a meeting: whether it said it would come, and whether it did; `who` is who comes, as the body tells."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="places")
    body = models.TextField(db_index=True)
    answer = models.CharField(max_length=10, blank=True, choices=list(ATTENDANCE.items()))
    came = models.CharField(max_length=10, blank=True, choices=list(ATTENDANCE.items()))
    who = models.TextField(blank=True)

    class Meta:
        """One a body."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("meeting", "body"), name="place_once")]

    def __str__(self) -> str:
        """The body."""
        return self.body


class Action(models.Model):
    """What a meeting asked of a body, or what somebody offered there; `commitment` is its key in the ledger once it is one."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=20, choices=list(ACTIONS.items()))
    body = models.TextField()
    text = models.TextField()
    due_on = models.DateField(null=True)
    commitment = models.TextField(blank=True)

    def __str__(self) -> str:
        """Its words."""
        return self.text


class Word(models.Model):
    """What a body says of the minutes in draft: that they are right, or what should change."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="words")
    body = models.TextField()
    agrees = models.BooleanField()
    text = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        """One a body; the latest stands."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("meeting", "body"), name="word_once")]

    def __str__(self) -> str:
        """The body."""
        return self.body


class PollAnswer(models.Model):
    """One answer to the poll after a meeting, without who gave it and when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="poll")
    use = models.PositiveSmallIntegerField()
    topical = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        """From 1 to 5 each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(use__range=(1, 5), topical__range=(1, 5)), name="poll_from_1_to_5")
        ]

    def __str__(self) -> str:
        """The two marks."""
        return f"{self.use} and {self.topical}"


class Voted(models.Model):
    """That somebody answered a meeting's poll, apart from what they answered, so that nobody does twice."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="voted")
    who_hash = models.CharField(max_length=64)

    class Meta:
        """Once each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("meeting", "who_hash"), name="voted_once")]

    def __str__(self) -> str:
        """Nothing of who."""
        return "an answer given"


class CalendarFeed(models.Model):
    """A private address of somebody's calendar, kept as its hash; revoked ones open nothing."""

    account = models.TextField(db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Whose."""
        return self.account
