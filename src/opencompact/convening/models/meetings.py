"""Tables of meetings: series, meetings with their minutes, agenda items, attendance, actions, what bodies say of the minutes, and the poll."""

from typing import ClassVar

from django.db import models

from opencompact.convening.rules.meetings import ACTIONS, ATTENDANCE, ITEMS, POLL, STATES

PRIVACY: dict[str, dict[str, str]] = {
    "Meeting": {"held_text": "the central team's own"},
    "Place": {"who": "person; held between the body and the office"},
    "Word": {"text": "held between the body and the office"},
    "PollReply": {"body": "that it answered, never what"},
    "CalendarFeed": {"token_hash": "secret"},
}


class Series(models.Model):
    """Meetings of one kind, such as the quarterly council; `a_year` is how many were promised, `quorum` how many bodies must come."""

    series = models.SlugField(max_length=60, unique=True)
    title = models.TextField()
    about = models.TextField(blank=True)
    a_year = models.PositiveSmallIntegerField(null=True)
    quorum = models.PositiveSmallIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Its title."""
        return self.title


class Meeting(models.Model):
    """One meeting, with its minutes. `sequence` counts the changes that calendars must take over, `draft` how often the minutes were written."""

    key = models.SlugField(max_length=80, unique=True)
    series = models.SlugField(max_length=60, db_index=True)
    title = models.TextField()
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    where = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=[(word, title) for word, title in STATES.items()])
    sequence = models.PositiveIntegerField(default=0)
    minutes = models.TextField(blank=True)
    draft = models.PositiveSmallIntegerField(default=0)
    held_text = models.TextField(blank=True)
    planned_by = models.TextField()
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_by = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    cancelled_because = models.TextField(blank=True)
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
    """An item of an agenda, in its place. A carried one is the key of a commitment alone: its title is the ledger's, for who may read it there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=list(ITEMS.items()))
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    address = models.TextField(blank=True)
    commitment = models.TextField(blank=True)

    class Meta:
        """Either a title or a commitment; a commitment is carried once."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(title="") ^ models.Q(commitment=""), name="item_title_or_commitment"),
            models.UniqueConstraint(fields=("meeting", "commitment"), condition=~models.Q(commitment=""), name="item_carried_once"),
        ]

    def __str__(self) -> str:
        """Its title, or the commitment."""
        return self.title or self.commitment


class Place(models.Model):
    """A body's place at a meeting, for whoever is in `post`: whether it said it would come, and whether it did; `who` is who comes, as the body tells."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="places")
    body = models.TextField(db_index=True)
    post = models.SlugField(max_length=40, blank=True)
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


class PollMark(models.Model):
    """How many gave one mark to one question of a meeting's poll. All ten are laid out before the first answer, so that no answer can be told from another."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="marks")
    question = models.CharField(max_length=8, choices=list(POLL.items()))
    mark = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        """From 1 to 5, one a question and mark."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(mark__range=(1, 5)), name="poll_from_1_to_5"),
            models.UniqueConstraint(fields=("meeting", "question", "mark"), name="poll_mark_once"),
        ]

    def __str__(self) -> str:
        """The question, the mark, and how many gave it."""
        return f"{self.question} {self.mark}: {self.answers}"


class PollReply(models.Model):
    """That a body answered a meeting's poll, apart from what it answered, so that none does twice."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="poll_replies")
    body = models.TextField()

    class Meta:
        """Once each."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=("meeting", "body"), name="poll_reply_once")]

    def __str__(self) -> str:
        """The body."""
        return self.body


class CalendarFeed(models.Model):
    """A private address of somebody's calendar, kept as its hash; revoked ones open nothing."""

    account = models.TextField(db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Whose."""
        return self.account
