"""What is done to fill the seats of a roundtable: a draw, and a draw anew for the places declined; each kept so that it can be made again."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record
from opencompact.convening.actions.roundtables import CannotConvene, named, take
from opencompact.convening.models import Draw, Invitee, Roundtable
from opencompact.convening.queries.roundtables import candidates, number, quotas, standing_elsewhere
from opencompact.convening.rules.draw import Candidate, Drawn, draw
from opencompact.convening.rules.draw_file import checksum, pool_file
from opencompact.convening.rules.draw_words import reason
from opencompact.convening.rules.roundtables import ATTRIBUTES, RIGHTS

MOST_SEED = 10**18 - 1


@transaction.atomic
def draw_places(key: str, *, seed: int, words: Mapping[str, str], version: int, by: Viewer, at: datetime) -> Drawn:
    """Draw the places, or draw anew for those declined; who accepted, or was invited and has not answered, keeps theirs.

    The same seed and pool give the same places; `words` are what values are called. Raises NotAllowed, CannotConvene, CannotDraw, ChangedMeanwhile.
    """
    require(by, RIGHTS["draw"])
    if seed > MOST_SEED:
        raise CannotConvene(f"Found the seed {seed}; expected a number of at most 18 figures.")
    row = take(key, "draw", version)
    row.save()
    held = list(row.invitees.order_by("pk"))
    standing = [place for place in held if place.answer == "accepted" or (place.token_hash and place.answer != "declined")]
    without = [number(place.contact_id) for place in held if place.answer == "declined" and place.contact_id]
    pool = [*candidates(), *standing_elsewhere(standing)]
    keep = [_name(place) for place in standing]
    drawn = draw(pool, quotas(row), seats=row.seats, seed=seed, keep=keep, without=without)
    row.invitees.filter(answer="", token_hash="").delete()  # drawn before and never sent
    _put_places(row, drawn, [each for each in pool if each.name in set(drawn.names) - set(keep)], words)
    _keep(row, drawn, pool, seed=seed, keep=keep, without=without, by=by, at=at)
    return drawn


def _name(place: Invitee) -> str:
    return number(place.contact_id) if place.contact_id else f"place-{place.pk:08}"


def _put_places(row: Roundtable, drawn: Drawn, chosen: Iterable[Candidate], words: Mapping[str, str]) -> None:
    asked = quotas(row)
    Invitee.objects.bulk_create(
        Invitee(
            roundtable=row,
            contact_id=int(each.name),
            reason=reason(each, asked, words, place=drawn.order[each.name]),
            **{attribute: each.counts_as.get(attribute, "") for attribute in ATTRIBUTES},
        )
        for each in chosen
    )


def _keep(row: Roundtable, drawn: Drawn, pool: list[Candidate], *, seed: int, keep: list[str], without: list[str], by: Viewer, at: datetime) -> None:
    """Keep what the draw was made from; the trail names nobody, not even by number."""
    text = pool_file(pool)
    missed = [vars(each) for each in drawn.missed]
    made = Draw.objects.create(
        roundtable=row, number=row.draws.count() + 1, seed=seed, pool=text, pool_sha256=checksum(text), pool_size=len(pool), kept=sorted(keep),
        without=sorted(without), missed=missed, drawn_by=by.account, drawn_at=at,
    )  # fmt: skip
    detail = {"number": made.number, "seed": seed, "pool": made.pool_sha256, "kept": len(keep), "declined": len(without), "missed": missed}
    record(verb="draw", subject=named(row), by=by.account, at=at, because="", detail=detail)
