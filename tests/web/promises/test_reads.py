"""What the promise pages read of the release: counts by word, verdicts by kind, and kin with their agreements."""

import pytest

from opencompact.web.promises.reads import kin_of, undertakings, verdicts
from opencompact.web.showing import in_force

WORDS = ("met", "explained", "unexplained", "not_applicable", "cannot_tell")


@pytest.fixture
def con(site):
    return in_force().reader.con.cursor()


def test_every_undertaking_is_there_with_verdicts_that_add_up(con) -> None:
    found = undertakings(con)
    assert len(found) == con.execute("SELECT count(*) FROM undertakings").fetchone()[0]
    assert [row["bodies"] for row in found] == [sum(row[word] for word in WORDS) for row in found]
    assert sum(row["bodies"] for row in found) == con.execute("SELECT count(*) FROM verdicts").fetchone()[0] > 0
    agreements = [row["agreement"] for row in found]
    assert sorted(agreements, key=agreements.index) == agreements  # each agreement's stand together


def test_verdicts_of_one_undertaking_are_grouped_by_kind(con) -> None:
    every = verdicts(con)
    one = verdicts(con, undertaking=every[0]["undertaking"])
    assert one == [row for row in every if row["undertaking"] == every[0]["undertaking"]]
    assert [row["kind"] for row in every] == sorted(row["kind"] for row in every)
    assert verdicts(con, undertaking="none/1") == []


def test_kin_are_named_with_their_agreements(con) -> None:
    found = kin_of(con, ["compact-2010/2.4", "none/1"])
    assert [(row["undertaking"], bool(row["agreement_title"])) for row in found] == [("compact-2010/2.4", True)]
    assert kin_of(con, []) == []
