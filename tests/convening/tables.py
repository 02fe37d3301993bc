"""A small pool and roundtables in every state, made through the rooms' own actions."""

from datetime import date, timedelta

from tests.office import AT, EXAMPLES, viewer

from opencompact.convening.actions import roundtables as actions
from opencompact.convening.actions.draw import draw_places
from opencompact.convening.actions.roundtables_pool import import_pool
from opencompact.convening.models import Roundtable
from opencompact.convening.rules.draw import Quota

CENTRAL = viewer("central")
ON = date(2031, 6, 1)
AFTER = AT + timedelta(days=30)
QUOTAS = (Quota("region", "wales", 2, 3), Quota("role", "user-led", 1, 6), Quota("region", "scotland", 1, 2))
HEAD = ("name", "organisation", "email", "region", "size", "sub sector", "role", "last invited")


def fill_pool(number: int = 12) -> None:
    """Nobody of Scotland, so that one quota cannot be met."""
    rows = [
        (f"Person {n}", f"Charity {n}", f"p{n}@sample.invalid", ("Wales", "London", "North East")[n % 3], "Micro", "D", ("Frontline", "User led")[n % 2], None)
        for n in range(number)
    ]
    import_pool([HEAD, *rows], by=CENTRAL, at=AT)


def plan(key: str = "table", *, seats: int = 6, quotas=QUOTAS) -> Roundtable:
    return actions.plan_roundtable(
        key, subject="What grants need", on=ON, where="Room 2", seats=seats, profile="whole-country", quotas=quotas,
        replies_due_on=ON + timedelta(days=20), held_text="held", by=CENTRAL, at=AT,
    )  # fmt: skip


def now(row: Roundtable) -> Roundtable:
    return Roundtable.objects.get(pk=row.pk)


def drawn(row: Roundtable, *, seed: int = 7) -> Roundtable:
    draw_places(row.key, seed=seed, words={}, version=now(row).version, by=CENTRAL, at=AT)
    return now(row)


def send(row: Roundtable) -> list[tuple[str, str]]:
    return actions.send_invitations(row.key, version=now(row).version, by=CENTRAL, at=AT)


def in_state(state: str, key: str = "table") -> Roundtable:
    """A roundtable of six with a pool of twelve in that state; five came, and one point is made where it was held."""
    fill_pool()
    row = plan(key)
    if state == "cancelled":
        actions.cancel(key, version=row.version, by=CENTRAL, at=AT)
    if state in ("drawn", "invited", "held", "closed"):
        drawn(row)
    if state in ("invited", "held", "closed"):
        send(row)
    if state in ("held", "closed"):
        places = list(row.invitees.order_by("pk"))
        actions.hold(key, came=[place.pk for place in places[:5]], version=now(row).version, by=CENTRAL, at=AFTER)
        point = actions.make_point(key, text="The forms ask twice.", body=EXAMPLES, agreed=False, speaker=None, by=CENTRAL, at=AFTER)
        actions.reply(point.pk, text="One form.", by=viewer("official"), at=AFTER)
    if state == "closed":
        actions.close(key, version=now(row).version, by=CENTRAL, at=AFTER)
    return now(row)
