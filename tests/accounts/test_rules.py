"""The two tables of who may do and see what, asked in every way."""

import pytest
from tests.office import EXAMPLES, SAMPLES, viewer

from opencompact.accounts.rules import (
    ANY,
    MAY,
    OF_A_BODY,
    OWN,
    PUBLIC,
    ROLES,
    SEES,
    STAFF,
    Grant,
    NotAllowed,
    Viewer,
    bodies_seen,
    may,
    require,
    sees,
)


def of(role: str, body: str = "") -> Viewer:
    return PUBLIC if role == "public" else viewer(role, body)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", MAY)
def test_each_role_may_what_its_table_says_for_its_own_body_and_for_another(role: str, verb: str) -> None:
    reach = MAY[verb].get(role)
    own = of(role, EXAMPLES if role in OF_A_BODY else "")
    assert may(own, verb, body=EXAMPLES) is (reach in (ANY, OWN) and (reach == ANY or role in OF_A_BODY))
    assert may(own, verb, body=SAMPLES) is (reach == ANY)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kept", SEES)
def test_each_role_sees_what_its_table_says(role: str, kept: str) -> None:
    reach = SEES[kept].get(role)
    own = of(role, EXAMPLES if role in OF_A_BODY else "")
    assert sees(own, kept, bodies={EXAMPLES}) is (kept == "public" or reach == ANY or (reach == OWN and role in OF_A_BODY))
    assert sees(own, kept, bodies={SAMPLES}) is (kept == "public" or reach == ANY)
    seen = bodies_seen(own, kept)
    assert seen == (None if kept == "public" or reach == ANY else frozenset({EXAMPLES}) if reach == OWN and role in OF_A_BODY else frozenset())


def test_tables_name_roles_and_reaches_that_exist() -> None:
    tables = [*MAY.values(), *SEES.values()]
    assert {role for table in tables for role in table} - set(ROLES) == set()
    assert {reach for table in tables for reach in table.values()} == {ANY, OWN}
    assert {role for table in tables for role, reach in table.items() if reach == OWN} <= OF_A_BODY
    assert set(STAFF) <= set(ROLES)


def test_refusal_says_what_for_whom_and_who_may() -> None:
    with pytest.raises(NotAllowed) as refusal:
        require(PUBLIC, "clear", body=EXAMPLES)
    assert str(refusal.value) == (
        "You may not clear for department-of-examples. Who may: Senior responsible officer of the same body, Cleared official of the same body, "
        "Sector body of the same body. Ask the central team if this should be you."
    )


def test_a_link_reaches_its_own_subject_and_nothing_else() -> None:
    link = Viewer("link-1", (Grant("lead", EXAMPLES),), "somebody", only="ask/update/x/department-of-examples")
    assert may(link, "draft", body=EXAMPLES, subject="ask/update/x/department-of-examples")
    assert not may(link, "draft", body=EXAMPLES, subject="ask/update/y/department-of-examples")
    assert not may(link, "draft", body=EXAMPLES)


def test_a_viewer_says_its_roles_and_bodies() -> None:
    both = Viewer("p", (Grant("lead", EXAMPLES), Grant("charity", SAMPLES)))
    assert (both.roles, both.bodies, both.is_staff) == ({"lead", "charity"}, {EXAMPLES, SAMPLES}, True)
    assert (PUBLIC.roles, PUBLIC.bodies, PUBLIC.is_staff) == ({"public"}, frozenset(), False)
