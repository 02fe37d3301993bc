"""How a verdict that needs judgement passes from an assessor to the body, to an auditor's signature and into the release."""

from collections.abc import Mapping

# Verb → (states it starts from, state it ends in). Who may do each stands in accounts.rules.MAY under the word of MAY_WORDS.
STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "propose": (frozenset({""}), "proposed"),
    "revise": (frozenset({"proposed", "sent_back"}), "proposed"),
    "put": (frozenset({"proposed"}), "with_body"),
    "reply": (frozenset({"with_body"}), "replied"),
    "send_back": (frozenset({"with_body", "replied"}), "sent_back"),
    # From `with_body` only where the last day to reply has passed.
    "sign": (frozenset({"with_body", "replied"}), "signed"),
    "late_reply": (frozenset({"signed"}), "signed"),
    "retract": (frozenset({"signed"}), "retracted"),
    "withdraw": (frozenset({"proposed", "with_body", "replied", "sent_back"}), "withdrawn"),
}
MAY_WORDS: Mapping[str, str] = {
    "propose": "propose_verdict",
    "revise": "propose_verdict",
    "put": "propose_verdict",
    "reply": "reply",
    "send_back": "sign_verdict",
    "sign": "sign_verdict",
    "late_reply": "reply",
    "retract": "sign_verdict",
    "withdraw": "propose_verdict",
}
STATES = {
    "proposed": "Proposed",
    "with_body": "With the body",
    "replied": "Replied",
    "sent_back": "Sent back",
    "signed": "Signed",
    "retracted": "Taken back",
    "withdrawn": "Withdrawn",
}
# A verdict is a working paper, then between the office and the body, then everybody's; one taken back stays in sight with its reason.
KEPT = {
    "proposed": "audit",
    "with_body": "held",
    "replied": "held",
    "sent_back": "audit",
    "signed": "public",
    "retracted": "public",
    "withdrawn": "audit",
}


def may_step(verb: str, state: str) -> bool:
    """Whether the verb may be done in that state; a verdict not yet proposed has the empty state."""
    return state in STEPS[verb][0]
