"""One's own account: roles, where one is signed in, what one follows, and what one was told."""

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from opencompact.accounts import actions, queries
from opencompact.accounts.queries import Account
from opencompact.accounts.rules import ROLES
from opencompact.organisations.queries.office import body_names
from opencompact.web.blocks import Block, Cell, Links, Press, Sheet, Table, shown
from opencompact.web.office import Asked, signed_in
from opencompact.web.words import day, plural

OWN = ("/account/", "My account")


def mine(who: Asked) -> Account:
    """The account that asks; pages for people who signed in have one."""
    if not isinstance(who.account, Account):
        raise TypeError("a page of somebody who signed in")
    return who.account


@signed_in
def own(who: Asked) -> HttpResponseBase:
    """What of me is kept here?"""
    account = mine(who)
    if who.request.method == "POST":
        actions.end_session(account, name=who.request.POST.get("session", ""))
        return HttpResponseRedirect("/account/")
    names = body_names()
    roles = [(ROLES[grant.role], names.get(grant.body, grant.body) or "the whole office") for grant in who.viewer.grants]
    here = who.request.session.session_key
    sessions = list(queries.sessions_of(account))
    rows = [(Cell("This browser" if row.session_key == here else "Another browser"), row.began_at, row.expire_date) for row in sessions]
    ends = [(f"End the one that ends on {day(row.expire_date)}", {"session": queries.session_name(row)}) for row in sessions if row.session_key != here]
    links = [
        ("/account/2fa/", "Second factor", "an authenticator app, a passkey, recovery codes"),
        ("/account/password/change/", "Change the passphrase", ""),
        ("/notices/", "What I was told", f"{len(queries.unread(account, limit=100))} unread"),
        ("/roles/", "What each role may see and do", ""),
    ]
    blocks: list[Block] = [
        Table("My roles", ("Role", "For"), roles, "No role. The central team gives roles by invitation."),
        Table("Where I am signed in", ("Browser", "Since", "Until"), rows, "", "No address and no name of a browser is kept."),
        Press(ends, note="End a session that is not yours." if ends else ""),
        Table(
            "What I follow",
            ("Page",),
            [(Cell(row.subject, row.subject),) for row in account.follows.order_by("subject")],
            "Nothing yet. Commitments have a button for it.",
        ),
        Links(links, "More"),
    ]
    return shown(who, Sheet(account.name, [f"{account.email}. {plural(len(roles), 'role')}."], blocks))


@signed_in
def notices(who: Asked) -> HttpResponseBase:
    """What was I told?"""
    account = mine(who)
    if who.request.method == "POST":
        actions.mark_read(account, at=who.at)
        return HttpResponseRedirect("/notices/")
    held = list(queries.notices(account)[:200])
    rows = [(Cell(row.text, row.address), row.at, "read" if row.read_at else Cell("new", mark="claim")) for row in held]
    new = sum(row.read_at is None for row in held)
    table = Table("Notices, the latest first", ("What", "When", "Read"), rows, "Nothing yet. You are told of what you follow and of what your body is asked.")
    return shown(who, Sheet("What was I told?", [f"{plural(new, 'notice')} unread."], [Press([("Mark all as read", {})] if new else []), table], [OWN]))


@signed_in
def follow(who: Asked) -> HttpResponse:
    """Follow a page, or stop following it."""
    account, subject = mine(who), who.request.POST.get("subject", "")[:200]
    if who.request.method == "POST" and re.fullmatch(r"/[^/\\].*", subject):
        if queries.follows(account, subject):
            actions.unfollow(account, subject)
        else:
            actions.follow(account, subject, at=who.at)
    back = who.request.POST.get("back", "/account/")
    return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, None) else "/account/")


def closed(_: HttpRequest) -> HttpResponseBase:
    """A page of the library that this office does not have."""
    raise Http404("An account keeps the e-mail address it was invited by. Ask the central team for an invitation to another.")
