"""The page of somebody with a place, by the link they were sent: whether they come, why they were asked, and being erased."""

from django.http import HttpResponseBase, HttpResponseRedirect

from opencompact.accounts.actions import token_hash
from opencompact.convening.actions import roundtables as actions
from opencompact.convening.actions.roundtables_pool import erase_oneself
from opencompact.convening.queries import roundtables as queries
from opencompact.convening.queries.roundtables import Invitee
from opencompact.web.blocks import Block, Links, Press, Sheet, Words, shown
from opencompact.web.office import Asked, office
from opencompact.web.words import day

SAID = {"accepted": "You said that you come.", "declined": "You said that you do not come.", "": "Do you come?"}


@office
def place(who: Asked, token: str) -> HttpResponseBase:
    """Somebody with a place says whether they take it, without an account; the link opens until the roundtable is held."""
    held = queries.invitation_of(token_hash(token))
    if held is None:
        why = "The roundtable was held or cancelled, a newer link was sent, or you were erased."
        return shown(who, Sheet("This invitation does not open", [why]), status=410)
    if who.request.method == "POST":
        return _act(who, held, token)
    row = held.roundtable
    blocks: list[Block] = [
        Words([held.reason], "Why you are asked"),
        Press([("I come", {"act": "accepted"}), ("I do not come", {"act": "declined"})], "Your answer", "You can change it until the day, by this link."),
        Links([(f"/roundtables/{row.key}/", "About this roundtable", "its profile, and later what came of it")]),
        Press(
            [("Erase what you hold of me", {"act": "erase"})], "Being erased",
            "Your name, organisation and address go at once and for good; your place stays as a number among others.",
        ),
    ]  # fmt: skip
    return shown(who, Sheet(row.subject, [f"{day(row.on)}. {row.where}", SAID[held.answer]], blocks))


def _act(who: Asked, held: Invitee, token: str) -> HttpResponseBase:
    act = who.request.POST.get("act", "")
    if act == "erase":
        erase_oneself(held, at=who.at)
        return shown(who, Sheet("You are erased", ["Nothing of you is held for roundtables any more. This link opens no longer."]))
    if act in SAID and act:
        actions.answer_place(held, accepts=act == "accepted", at=who.at)
    return HttpResponseRedirect(f"/roundtables/place/{token}/")
