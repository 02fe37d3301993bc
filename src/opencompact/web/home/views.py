"""The first page of the office: each role's own first question answered with numbers, and what to do next."""

from collections.abc import Callable, Mapping

from django.http import HttpResponseBase

from opencompact.accounts.rules import ROLES, Viewer
from opencompact.organisations.queries.office import body_names
from opencompact.web.blocks import Block, Links, Sheet, shown
from opencompact.web.home import of_bodies, of_office, of_record
from opencompact.web.home.first import First, Whose
from opencompact.web.office import Asked, office
from opencompact.web.showing import choice

FIRSTS: Mapping[str, Callable[[Whose], First]] = {
    "central": of_office.central,
    "lead": of_bodies.lead,
    "sro": of_bodies.sro,
    "official": of_bodies.sro,
    "sector": of_office.sector,
    "auditor": of_office.auditor,
    "assessor": of_office.auditor,
    "reviewer": of_record.analyst,
    "analyst": of_record.analyst,
    "commissioner": of_record.commissioner,
    "charity": of_record.charity,
    "prime": of_record.prime,
    "public": of_record.anybody,
}


@office
def home(who: Asked) -> HttpResponseBase:
    """The first page of whoever opens it; somebody with several roles chooses among them."""
    roles = [role for role in ROLES if role in who.viewer.roles]
    role = choice(who.request, "as", roles, roles[0])
    whose = Whose(who, bodies_of(who.viewer, role), body_names())
    first = FIRSTS[role](whose)
    others = [(f"/office/?as={each}", ROLES[each], "") for each in roles if each != role]
    blocks: list[Block] = [Links(first.acts, "What to do next"), *first.blocks, Links(others, "Your other roles")]
    return shown(who, Sheet(first.question, first.answer, blocks))


def bodies_of(viewer: Viewer, role: str) -> tuple[str, ...]:
    """The bodies the viewer acts for in that role."""
    return tuple(dict.fromkeys(grant.body for grant in viewer.grants if grant.role == role and grant.body))
