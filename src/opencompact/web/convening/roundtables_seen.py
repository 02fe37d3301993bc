"""One roundtable as one request sees it, each part read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries.roundtables import Invitee, Point, Roundtable
from opencompact.convening.rules.roundtables_room import Place
from opencompact.organisations.queries.office import body_names
from opencompact.web.office import Asked


@dataclass(frozen=True)
class Seen:
    """The row, who asks, and what they see of it."""

    who: Asked
    row: Roundtable

    @cached_property
    def people(self) -> list[Invitee]:
        """Who has a place; empty for all but the central team."""
        return queries.invitees(self.who.viewer, self.row)

    @cached_property
    def places(self) -> list[Place]:
        """The places as figures."""
        return queries.places(self.row)

    @cached_property
    def points(self) -> list[Point]:
        """The points made."""
        return queries.points(self.row)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What bodies are called."""
        return body_names()
