"""Tables of who is who: `office` the bodies that take part, `decisions` what people decided about names, and what was said against them."""

from opencompact.organisations.models.decisions import Dispute, NameDecision
from opencompact.organisations.models.office import Body, Succession

__all__ = ["Body", "Dispute", "NameDecision", "Succession"]
