"""How verdicts that need judgement pass."""

from opencompact.accounts.rules import MAY, SEES
from opencompact.judgement.rules import verdicts


def test_every_step_starts_and_ends_in_a_state_that_is_known_and_has_somebody_who_may() -> None:
    froms = {state for states, _ in verdicts.STEPS.values() for state in states}
    tos = {to for _, to in verdicts.STEPS.values()}
    assert (froms - {""} <= set(verdicts.STATES), tos == set(verdicts.STATES), set(verdicts.KEPT) == set(verdicts.STATES)) == (True, True, True)
    assert set(verdicts.MAY_WORDS) == set(verdicts.STEPS)
    assert (set(verdicts.MAY_WORDS.values()) <= set(MAY), set(verdicts.KEPT.values()) <= set(SEES)) == (True, True)


def test_only_signing_makes_public_and_only_after_the_body_had_it() -> None:
    public = {state for state, kept in verdicts.KEPT.items() if kept == "public"}
    into = {verb: froms for verb, (froms, to) in verdicts.STEPS.items() if to in public and not froms <= public}
    assert into == {"sign": frozenset({"with_body", "replied"})}


def test_who_proposes_and_who_signs_are_different_roles() -> None:
    assert set(MAY[verdicts.MAY_WORDS["propose"]]) & set(MAY[verdicts.MAY_WORDS["sign"]]) == set()


def test_may_step_follows_the_table() -> None:
    assert [verdicts.may_step("sign", state) for state in ("proposed", "with_body", "replied", "signed")] == [False, True, True, False]
