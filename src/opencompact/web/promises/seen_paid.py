"""Money that the record shows the owners of an announcement paying to voluntary organisations since it was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from opencompact.publication.queries import NoRelease
from opencompact.records.queries import paid_to_voluntary
from opencompact.web.showing import in_force
from opencompact.web.words import plural, pounds


@dataclass(frozen=True)
class Seen:
    """The sum in words, where its rows are, and how much of what the bodies paid could be identified at all."""

    words: str
    address: str
    coverage: str


def of(bodies: Sequence[str], *, since: date | None) -> Seen | None:
    """What the release in force shows; none where it holds no payment of theirs, which is not the same as nothing paid."""
    try:
        con = in_force().reader.con.cursor()
    except NoRelease:
        return None
    found = paid_to_voluntary(con, bodies=bodies, since=since)
    if not found.rows:
        return None
    share = f"{plural(found.identified, 'row')} of {found.rows:,} could be identified; what was paid under the announcement's own name cannot be told apart"
    return Seen(pounds(found.amount), f"/bodies/{quote(bodies[0])}/", share)
