"""What is done about people: `inviting` and ending access, `posts`, `notices`, and second `factors` that were lost."""

from opencompact.accounts.actions.factors import ask_reset, settle_reset
from opencompact.accounts.actions.inviting import (
    INVITATION_DAYS,
    BadInvitation,
    accept_invitation,
    end_access,
    end_session,
    first_invitation,
    grant_role,
    invite,
    open_invitation,
    token_hash,
    withdraw_invitation,
)
from opencompact.accounts.actions.notices import follow, mark_read, notify, notify_followers, take_digest, unfollow
from opencompact.accounts.actions.posts import BadPost, appoint, end_appointment, posts, record_contact

__all__ = [
    "INVITATION_DAYS",
    "BadInvitation",
    "BadPost",
    "accept_invitation",
    "appoint",
    "ask_reset",
    "end_access",
    "end_appointment",
    "end_session",
    "first_invitation",
    "follow",
    "grant_role",
    "invite",
    "mark_read",
    "notify",
    "notify_followers",
    "open_invitation",
    "posts",
    "record_contact",
    "settle_reset",
    "take_digest",
    "token_hash",
    "unfollow",
    "withdraw_invitation",
]
