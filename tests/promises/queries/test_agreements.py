"""What pages ask about promises, over an invented lake."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.promises.invented import agreement, indicator, rule_set, undertaking

from opencompact.lake import Connection, Lake
from opencompact.promises.actions import extract
from opencompact.promises.queries import agreements as queries
from opencompact.promises.queries.agreements import AgreementShown, Counts, RuleSetShown, SignShown, UndertakingShown
from opencompact.registry import Catalogue, load_shapes
from opencompact.registry.cards import Sign

SIGNS = (Sign(sign="progress", text="Good.", wording="confirmed", source_url="https://example.org/s"), Sign(sign="warning", text="Bad.", wording="unconfirmed"))
CATALOGUE = Catalogue(
    agreements={
        "sample-undated": agreement("sample-undated", undertaking(number="1")),
        "sample-a": agreement(
            "sample-a", undertaking(number="1.10", kin=("sample-undated/1",), signs=SIGNS), undertaking(number="1.9"), in_force_from=date(2031, 1, 1)
        ),
    },
    rule_sets={"later": rule_set("later", in_force_from=date(2032, 1, 1)), "earlier": rule_set("earlier", least_days=84)},
    indicators={"one": indicator("one", tests=("sample-a/1.10",)), "two": indicator("two", tests=("sample-a/1.10",))},
)
VERDICT = {"verdict": "met", "because": "1 consultation: 1 met.", "cases": 1, "met": 1, "explained": 0, "unexplained": 0, "cannot_tell": 0, "state": "computed"}
PLAIN = ("1. An invented outcome", "government", "Do an invented thing.", "computed", "confirmed", "", "")
LAST = UndertakingShown("sample-a/1.10", "sample-a", "1.10", *PLAIN, ("one", "two"), ("sample-undated/1",), has_verdict=True)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    lake = Lake(tmp_path, load_shapes())
    with lake.change() as change:
        extract(change, catalogue=CATALOGUE)
        change.put_rows("verdicts", [{"undertaking": "sample-a/1.10", "body": body, **VERDICT} for body in ("sample-one", "sample-two")])
    connection = lake.connect()
    yield connection
    connection.close()


def test_agreements_come_by_first_day_and_undated_ones_last(con: Connection) -> None:
    assert queries.agreements(con) == [
        AgreementShown("sample-a", "Title of sample-a", date(2031, 1, 1), None, "Invented parties", "", ""),
        AgreementShown("sample-undated", "Title of sample-undated", None, None, "Invented parties", "", ""),
    ]


def test_undertakings_of_an_agreement_come_in_its_order(con: Connection) -> None:
    assert queries.undertakings_of(con, "sample-a") == [UndertakingShown("sample-a/1.9", "sample-a", "1.9", *PLAIN, (), (), has_verdict=False), LAST]


def test_undertakings_of_an_unknown_agreement_are_none(con: Connection) -> None:
    assert queries.undertakings_of(con, "sample-unknown") == []


def test_undertaking_by_its_id(con: Connection) -> None:
    assert (queries.undertaking(con, "sample-a/1.10"), queries.undertaking(con, "sample-a/9.9")) == (LAST, None)


def test_signs_of_a_principle_come_in_order(con: Connection) -> None:
    assert queries.signs_of(con, "sample-a/1.10") == [
        SignShown("progress", "Good.", "confirmed", "https://example.org/s"),
        SignShown("warning", "Bad.", "unconfirmed", ""),
    ]


def test_rule_sets_come_by_first_day(con: Connection) -> None:
    rule = ("An invented rule.", "", "")
    assert queries.rule_sets(con) == [
        RuleSetShown("earlier", "Title of earlier", "government", date(2031, 1, 1), None, 84, None, None, *rule),
        RuleSetShown("later", "Title of later", "government", date(2032, 1, 1), None, None, None, None, *rule),
    ]


@pytest.mark.parametrize(("slug", "all_of_them", "tested", "untested"), [("sample-a", 2, 1, 1), ("sample-undated", 1, 0, 1), ("sample-unknown", 0, 0, 0)])
def test_counts_tell_those_with_a_verdict_from_those_nobody_can_test(con: Connection, slug: str, all_of_them: int, tested: int, untested: int) -> None:
    counts = queries.counts(con, slug)
    assert (counts, counts.untested) == (Counts(all_of_them, tested), untested)
