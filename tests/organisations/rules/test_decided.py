import pytest

from opencompact.organisations.rules.decided import Decided, Decisions, Known, decisions


def row(name: str, organisation: str | None, *, body: str = "", vendor: str = "", number: str = "") -> dict[str, str | None]:
    return {"normalised_name": name, "organisation_id": organisation, "body": body, "vendor_number": vendor, "published_org_id": number, "said": "Said."}


HELD = decisions(
    [
        row("QUERN", "GB-CHC-1"),
        row("QUERN", "GB-CHC-2", body="borough"),
        row("QUERN", "GB-CHC-3", number="GB-COH-9"),
        row("", "GB-CHC-4", body="borough", vendor="V1"),
        row("LATER", "GB-CHC-5"),
        row("LATER", None),
    ]
)


@pytest.mark.parametrize(
    ("name", "known", "organisation"),
    [
        ("QUERN", Known(), "GB-CHC-1"),
        ("QUERN", Known(body="other"), "GB-CHC-1"),
        ("QUERN", Known(body="borough"), "GB-CHC-2"),
        ("QUERN", Known(body="borough", vendor="V1"), "GB-CHC-4"),
        ("QUERN", Known(body="borough", vendor="V2"), "GB-CHC-2"),
        ("QUERN", Known(numbers=("GB-CHC-9", "GB-COH-9")), "GB-CHC-3"),
        ("LATER", Known(), ""),
    ],
)
def test_decision_about_a_payee_is_the_nearest_and_of_two_the_later(name: str, known: Known, organisation: str) -> None:
    assert HELD.about(name, known) == Decided(organisation, "Said.")


@pytest.mark.parametrize(
    ("name", "known"), [("", Known()), ("", Known(body="borough")), ("OTHER", Known(vendor="V1")), ("QUERN", Known(numbers=("GB-CHC-8",)))]
)
def test_nothing_was_decided_about_a_name_of_nobody_a_number_of_another_or_a_vendor_of_no_body(name: str, known: Known) -> None:
    assert HELD.about(name, known) is None
    assert Decisions().about(name, known) is None
