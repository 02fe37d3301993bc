"""Nobody signs up without an invitation."""

from opencompact.web.accounts.adapter import Adapter


def test_nobody_signs_up(rf) -> None:
    assert Adapter().is_open_for_signup(rf.get("/account/signup/")) is False
