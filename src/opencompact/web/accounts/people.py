"""Who may sign in: invitations sent and taken up, roles ended, a lost second factor taken off by two people; and what each role may."""

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpResponseBase, HttpResponseRedirect

from opencompact.accounts import actions, queries
from opencompact.accounts.rules import ANY, MAY, OF_A_BODY, ROLES, SEES, STAFF, may, require
from opencompact.asking.rules.questions import Question, Refusal
from opencompact.organisations.queries.office import body_names
from opencompact.web.accounts.own import OWN
from opencompact.web.blocks import Block, Cell, Entry, Press, Sheet, Table, Words, shown
from opencompact.web.forms import Form, blank, read, refused
from opencompact.web.office import Asked, office, signed_in
from opencompact.web.words import label, plural

PASSPHRASE = (
    Question("passphrase", "A passphrase of 14 characters or more", "secret", required=True),
    Question("again", "The same passphrase again", "secret", required=True),
)
PEOPLE = ("/account/people/", "People")


def _invitation() -> tuple[Question, ...]:
    return (
        Question("name", "Their name", "line", required=True),
        Question("email", "Their e-mail address", "email", required=True),
        Question("role", "Role", "choice", required=True, choices=tuple((word, title) for word, title in ROLES.items() if word != "public")),
        Question("body", "For which body", "choice", choices=tuple(body_names().items()), help="Leave it empty for a role of the whole office."),
        Question("because", "Why", "line", required=True),
    )


@signed_in
def people(who: Asked) -> HttpResponseBase:
    """Who may sign in, and as what?"""
    require(who.viewer, "invite")
    if who.request.method == "POST":
        try:
            return _people_do(who)
        except actions.BadInvitation as refusal:
            return who.page("office/refused.html", status=409, why=str(refusal))
    return _people_page(who, blank(_invitation()))


def _people_do(who: Asked) -> HttpResponseBase:
    post = who.request.POST
    match post.get("act", ""):
        case "invite":
            answers, form = read(_invitation(), post.dict())
            if form.refused:
                return _people_page(who, form, status=422)
            try:
                _invite(who, answers)
            except actions.BadInvitation as refusal:
                return _people_page(who, refused(_invitation(), post.dict(), [Refusal("role", answers["role"], str(refusal))]), status=422)
        case "withdraw":
            actions.withdraw_invitation(_number(post.get("invitation", "")), by=who.viewer, at=who.at)
        case "end":
            account = queries.account_of(post.get("account", ""))
            if account:
                actions.end_access(account, role=post.get("role", ""), body=post.get("body", ""), by=who.viewer, at=who.at, because="ended by the central team")
        case "ask_reset":
            account = queries.account_of(post.get("account", ""))
            if account:
                actions.ask_reset(account, by=who.viewer, at=who.at, because="they lost it")
        case "approve" | "refuse" as verb:
            actions.settle_reset(_number(post.get("reset", "")), approved=verb == "approve", by=who.viewer, at=who.at)
    return HttpResponseRedirect("/account/people/")


def _number(text: str) -> int:
    """The number of a row; 0, which no row has, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _invite(who: Asked, answers: dict[str, str]) -> None:
    token = actions.invite(
        answers["email"], name=answers["name"], role=answers["role"], body=answers.get("body", ""), by=who.viewer, at=who.at, because=answers["because"]
    )
    address = who.request.build_absolute_uri(f"/account/join/{token}/")
    text = (
        f"You are invited to take part in OpenCompact as {ROLES[answers['role']].lower()}.\n\n"
        f"Open this address within {actions.INVITATION_DAYS} days and choose a passphrase:\n{address}\n\nIf you did not expect this, do nothing.\n"
    )
    send_mail("An invitation to OpenCompact", text, settings.DEFAULT_FROM_EMAIL, [answers["email"]])


def _people_page(who: Asked, form: Form, *, status: int = 200) -> HttpResponseBase:
    names = body_names()
    held = queries.everybody()
    rows = [(account.name, account.email, _roles(grants, names), "no" if not account.is_active else "yes") for account, grants in held]
    ends = [
        (f"End {ROLES[grant.role].lower()}: {account.name}", {"act": "end", "account": account.public_id, "role": grant.role, "body": grant.body})
        for account, grants in held
        for grant in grants
        if account.public_id != who.viewer.account
    ]
    resets = [
        (f"Ask to take off: {account.name}", {"act": "ask_reset", "account": account.public_id})
        for account, _ in held
        if account.public_id != who.viewer.account
    ]
    waiting = [
        (row.name, row.email, ROLES[row.role], names.get(row.body, row.body) or "the whole office", row.expires_at) for row in queries.open_invitations()
    ]
    takes = [(f"Withdraw the invitation of {row.name}", {"act": "withdraw", "invitation": row.pk}) for row in queries.open_invitations()]
    blocks: list[Block] = [
        Table("People", ("Name", "E-mail", "Roles", "Active"), rows, "Nobody yet."),
        Entry(form, "Send the invitation", "invite", "Invite somebody", is_closed=True),
        Table("Invitations not yet taken up", ("Name", "E-mail", "Role", "For", "Until"), waiting, "None is open."),
        Press(takes),
        *_resets(who),
        Press(resets, "A lost second factor", "Another of the central team then approves it. Only then is the factor taken off, and every session ended."),
        Press(ends, "End a role", "It ends today, and every session of that person with it."),
    ]
    return shown(
        who,
        Sheet("Who may sign in, and as what?", [f"{plural(len(held), 'person', 'people')}, {plural(len(waiting), 'invitation')} open."], blocks, [OWN]),
        status=status,
    )


def _roles(grants: Any, names: dict[str, str]) -> str:
    return "; ".join(f"{ROLES[grant.role]}{f' ({names.get(grant.body, grant.body)})' if grant.body else ''}" for grant in grants) or "none"


def _resets(who: Asked) -> list[Block]:
    rows = list(queries.open_resets())
    table = Table(
        "Second factors asked to be taken off", ("Whose", "Asked on", "Why"), [(row.account.name, row.asked_at, row.because) for row in rows], "None is asked."
    )
    others = [row for row in rows if row.asked_by != who.viewer.account]
    buttons = [
        (f"{words}: {row.account.name}", {"act": verb, "reset": row.pk}) for row in others for verb, words in (("approve", "Approve"), ("refuse", "Refuse"))
    ]
    return [table, Press(buttons)] if rows else []


@office
def join(who: Asked, token: str) -> HttpResponseBase:
    """Take up an invitation."""
    try:
        invitation = actions.open_invitation(token, at=who.at)
    except actions.BadInvitation as refusal:
        return shown(who, Sheet("This invitation does not open", [str(refusal)]), status=410)
    form = blank(PASSPHRASE)
    if who.request.method == "POST":
        answers, form = read(PASSPHRASE, who.request.POST.dict())
        if not form.refused:
            try:
                _check(answers)
                actions.accept_invitation(token, passphrase=answers["passphrase"], at=who.at)
                return HttpResponseRedirect("/account/login/?next=/office/")
            except (ValidationError, actions.BadInvitation) as refusal:
                words = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
                form = refused(PASSPHRASE, {}, [Refusal("passphrase", "", words)])
    answer = [
        f"You are invited as {ROLES[invitation.role].lower()}{f' of {body_names().get(invitation.body, invitation.body)}' if invitation.body else ''}.",
        f"You then sign in with {invitation.email}.",
    ]
    needs = ["This role needs a second factor: after signing in you set up an authenticator app or a passkey."] if invitation.role in STAFF else []
    blocks: list[Block] = [Words([*needs, "If you have an account here already, give its passphrase twice."]), Entry(form, "Take up the invitation")]
    return shown(who, Sheet(f"Welcome, {invitation.name}", answer, blocks), status=422 if form.refused else 200)


def _check(answers: dict[str, str]) -> None:
    if answers["passphrase"] != answers["again"]:
        raise ValidationError("The two passphrases differ.")
    validate_password(answers["passphrase"])


@office
def roles(who: Asked) -> HttpResponseBase:
    """Who may see and do what? The tables are the ones every page, feed and file asks."""
    about = [(title, "one body" if word in OF_A_BODY else "the whole office", "yes" if word in STAFF else "no") for word, title in ROLES.items()]
    verbs = [(label(verb), _who(reach)) for verb, reach in MAY.items()]
    kept = [(label(word), "everybody" if word == "public" else _who(reach)) for word, reach in SEES.items()]
    blocks = [
        Table("Roles", ("Role", "Given for", "Needs a second factor"), about, ""),
        Table(
            "Who sees what is kept how",
            ("Kept", "Seen by"),
            kept,
            "",
            "Held: not published, but may have to be disclosed under the Freedom of Information Act.",
        ),
        Table("Who may do what", ("To", "Who may"), verbs, "", "A role that is not named may not."),
    ]
    links = [Press([])] if not may(who.viewer, "invite") else [Words(["You may invite people and end roles under People."])]
    return shown(
        who,
        Sheet(
            "Who may see and do what?",
            [f"{plural(len(ROLES), 'role')}, {plural(len(MAY), 'act')}, and {plural(len(SEES), 'way')} in which things are kept."],
            [*blocks, *links],
        ),
    )


def _who(reach: Any) -> Cell:
    return Cell("; ".join(f"{ROLES[role]}{'' if how == ANY else ' (own body)'}" for role, how in reach.items()))
