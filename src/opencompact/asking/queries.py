"""What pages ask about asks: what a body owes, what it sent, and who is silent."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from opencompact.accounts.queries import of_bodies_seen
from opencompact.accounts.rules import Viewer
from opencompact.asking.models import Ask, Submission

__all__ = ["Ask", "Submission", "asks", "owed", "sent", "silences", "silent", "submissions"]  # the two rows too, so that a door can name what it is given

_SENT = Exists(Submission.objects.filter(ask=OuterRef("pk"), state="sent"))


def asks(viewer: Viewer) -> QuerySet[Ask]:
    """The asks the viewer sees, each with `answered` (an answer was sent), the earliest due first.

    That a body was asked is shared among those who work on the agreement.
    """
    return Ask.objects.filter(of_bodies_seen(viewer, "shared")).annotate(answered=_SENT).order_by("due_on", "body", "pk")


def owed(viewer: Viewer, *, bodies: Iterable[str] | None = None) -> QuerySet[Ask]:
    """Asks not withdrawn and not answered, of those bodies or of all the viewer sees."""
    open_ones = asks(viewer).filter(~_SENT, withdrawn_at=None)
    return open_ones if bodies is None else open_ones.filter(body__in=list(bodies))


def silent(*, kind: str, subjects: Iterable[str], today: date) -> QuerySet[Ask]:
    """Asks whose due day has passed without an answer: published as silence."""
    return Ask.objects.filter(kind=kind, subject__in=list(subjects), due_on__lt=today, withdrawn_at=None).filter(~_SENT)


def silences(*, today: date) -> QuerySet[Ask]:
    """Every ask whose due day has passed without an answer, the longest past first: public, since silence is published as silence."""
    return Ask.objects.filter(due_on__lt=today, withdrawn_at=None).filter(~_SENT).order_by("due_on", "body", "pk")


def sent(*, kind: str, subjects: Iterable[str]) -> QuerySet[Submission]:
    """What was sent on those subjects, the earliest first."""
    return Submission.objects.filter(state="sent", ask__kind=kind, ask__subject__in=list(subjects)).select_related("ask").order_by("sent_at", "pk")


def submissions(viewer: Viewer, *, ask: Ask) -> QuerySet[Submission]:
    """The answers to an ask that the viewer sees: sent ones as they may see what is held, those on their way only of their own body."""
    held, own = of_bodies_seen(viewer, "held", bodies="ask__body"), of_bodies_seen(viewer, "own", bodies="ask__body")
    return Submission.objects.filter(Q(ask=ask) & ((Q(state="sent") & held) | own)).select_related("ask").order_by("-drafted_at", "-pk")
