"""Who may do what and who may see what: the two tables every page, feed, export and mail asks."""

from collections.abc import Mapping
from dataclasses import dataclass

# How far a role reaches: every body, its own bodies, or not at all (the word is then absent).
ANY, OWN = "any", "own"

ROLES: Mapping[str, str] = {
    "central": "Central team",
    "lead": "Department lead",
    "sro": "Senior responsible officer",
    "official": "Cleared official",
    "sector": "Sector body",
    "auditor": "Auditor",
    "assessor": "Assessor",
    "reviewer": "Reviewer of names",
    "analyst": "Analyst",
    "commissioner": "Commissioner",
    "charity": "Charity",
    "prime": "Prime contractor",
    "public": "Public",
}
# Roles that act for the office or for a body's record: none of their pages opens without a second factor.
STAFF = frozenset({"central", "lead", "sro", "official", "auditor", "assessor", "reviewer", "analyst"})
# Roles given for a body; the others are given for the whole office.
OF_A_BODY = frozenset({"lead", "sro", "official", "sector", "analyst", "commissioner", "charity", "prime"})

_BODY = {"lead": OWN, "sro": OWN, "official": OWN}
_PARTY = {**_BODY, "sector": OWN}

# Verb → role → reach. A role that is not named may not.
MAY: Mapping[str, Mapping[str, str]] = {
    # accounts
    "invite": {"central": ANY},
    "end_access": {"central": ANY},
    "reset_factor": {"central": ANY},
    "record_appointment": {"central": ANY, "lead": OWN, "sro": OWN},
    "record_body": {"central": ANY},
    "record_contact": {"central": ANY, **_PARTY},
    # what bodies are asked
    "ask": {"central": ANY, "auditor": ANY, "assessor": ANY},
    "draft": _PARTY,
    "clear": {"sro": OWN, "official": OWN, "sector": OWN},
    "send": _PARTY,
    # the ledger
    "record_commitment": {"central": ANY, "auditor": ANY, **_PARTY},
    "accept_commitment": _PARTY,
    "record_update": {"central": ANY, **_PARTY},
    "record_finding": {"auditor": ANY, "assessor": ANY},
    "give_feedback": {"sector": OWN},
    "roll_over": {"central": ANY},
    # convening
    "plan_meeting": {"central": ANY},
    "write_minutes": {"central": ANY},
    "agree_minutes": {"central": ANY, **_PARTY},
    "publish_minutes": {"central": ANY},
    "answer_invitation": _PARTY,
    "answer_poll": _PARTY,
    "draw_invitations": {"central": ANY},
    "erase_contact": {"central": ANY},
    # judgement
    "run_audit": {"auditor": ANY},
    "grade": {"auditor": ANY},
    "propose_verdict": {"assessor": ANY},
    "sign_verdict": {"auditor": ANY},
    "reply": _BODY,
    "open_return": {"central": ANY},
    "set_target": {**_BODY, "analyst": OWN},
    "file_return": {**_BODY, "analyst": OWN},
    "record_sign_off": {"sro": OWN, "official": OWN},
    "run_campaign": {"central": ANY, "auditor": ANY, "sector": ANY},
    "settle_challenge": {"central": ANY, "auditor": ANY},
    # names: who a published payee is; that a link is disputed anybody may say, without an account
    "settle_name": {"reviewer": ANY, "central": ANY, "analyst": OWN},
    # the trail
    "read_audit": {"central": ANY, "auditor": ANY},
}

# How a row or a held field is kept → role → reach. `public` needs no role: everyone sees it.
SEES: Mapping[str, Mapping[str, str]] = {
    "public": {},
    # among those who work on the agreement: agendas, papers, minutes before they are published
    "shared": {"central": ANY, "auditor": ANY, "assessor": ANY, "lead": ANY, "sro": ANY, "official": ANY, "sector": ANY},
    # between a body and the office: held, and may still have to be disclosed under the Freedom of Information Act
    "held": {"central": ANY, "auditor": ANY, "assessor": ANY, **_PARTY},
    # a body's own until it is sent: drafts, and what its official struck out
    "own": _PARTY,
    # the auditor's working papers until they are published
    "audit": {"auditor": ANY, "assessor": ANY},
    # names of payees that no page may show, which may be of people: for whoever settles them
    "names": {"reviewer": ANY, "central": ANY, "analyst": OWN},
    # the central team's own: contacts of people, who was not invited
    "central": {"central": ANY},
}
# Words a row of the office may be kept by; names of payees stand in the lake, and no row is kept so.
VISIBILITIES = tuple(word for word in SEES if word != "names")


class NotAllowed(PermissionError):
    """The person may not do that; the message says what, for which body, and who may."""


@dataclass(frozen=True)
class Grant:
    """One role somebody has, for one body, or for the whole office where `body` is empty."""

    role: str
    body: str = ""


@dataclass(frozen=True)
class Viewer:
    """Who asks: `account` is the public id of the account, `link-…` for a one-time link, empty for the public.

    `only` names the one subject a link was made for; a viewer that has it may act on that subject and no other.
    """

    account: str = ""
    grants: tuple[Grant, ...] = ()
    name: str = ""
    only: str = ""

    @property
    def roles(self) -> frozenset[str]:
        """The roles, whatever their body."""
        return frozenset(grant.role for grant in self.grants) or frozenset({"public"})

    @property
    def bodies(self) -> frozenset[str]:
        """The bodies the viewer acts for."""
        return frozenset(grant.body for grant in self.grants if grant.body)

    @property
    def is_staff(self) -> bool:
        """Whether a second factor is needed."""
        return bool(self.roles & STAFF)


PUBLIC = Viewer()


def may(viewer: Viewer, verb: str, *, body: str = "", subject: str = "") -> bool:
    """Whether the viewer may do `verb`, for `body` where the verb concerns one; raises KeyError for a verb that is not in the table."""
    if viewer.only and viewer.only != subject:
        return False
    return _reaches(viewer, MAY[verb], {body})


def require(viewer: Viewer, verb: str, *, body: str = "", subject: str = "") -> None:
    """Raise NotAllowed unless the viewer may."""
    if not may(viewer, verb, body=body, subject=subject):
        who = ", ".join(f"{ROLES[role]}{' of the same body' if reach == OWN else ''}" for role, reach in MAY[verb].items())
        whose = f" for {body}" if body else ""
        raise NotAllowed(f"You may not {verb.replace('_', ' ')}{whose}. Who may: {who}. Ask the central team if this should be you.")


def sees(viewer: Viewer, visibility: str, *, bodies: frozenset[str] | set[str]) -> bool:
    """Whether the viewer sees what is kept so and concerns those bodies; raises KeyError for a visibility that is not in the table."""
    return visibility == "public" or _reaches(viewer, SEES[visibility], bodies)


def bodies_seen(viewer: Viewer, visibility: str) -> frozenset[str] | None:
    """The bodies whose rows of that visibility the viewer sees; None for every body, the empty set for none."""
    reach = SEES[visibility]
    if visibility == "public" or any(reach.get(grant.role) == ANY for grant in viewer.grants):
        return None
    return frozenset(grant.body for grant in viewer.grants if grant.body and reach.get(grant.role) == OWN)


def _reaches(viewer: Viewer, reach: Mapping[str, str], bodies: frozenset[str] | set[str]) -> bool:
    return any(reach.get(grant.role) == ANY or (reach.get(grant.role) == OWN and bool(grant.body) and grant.body in bodies) for grant in viewer.grants)
