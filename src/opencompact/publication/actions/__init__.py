"""What is done to releases: search entries made, a draft written, a draft frozen."""

from opencompact.publication.actions.drafting import Draft, draft, make_draft, place_draft
from opencompact.publication.actions.entering import entries
from opencompact.publication.actions.freezing import CannotFreeze, freeze
from opencompact.publication.queries import verify
from opencompact.publication.rules.tables import MayNotPublish

__all__ = ["CannotFreeze", "Draft", "MayNotPublish", "draft", "entries", "freeze", "make_draft", "place_draft", "verify"]
