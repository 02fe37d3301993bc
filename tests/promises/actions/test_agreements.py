"""What extract puts into the lake, from invented cards and from the catalogue itself."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.promises.invented import agreement, indicator, rule_set, undertaking

from opencompact.lake import Lake
from opencompact.promises.actions import extract
from opencompact.promises.rules.agreements import UnknownKin, UnknownOutcome
from opencompact.registry import Catalogue, load_catalogue, load_shapes
from opencompact.registry.cards import Sign


def tables_of(catalogue: Catalogue, folder: Path) -> dict[str, list[dict[str, Any]]]:
    with Lake(folder, load_shapes()).change() as change:
        extract(change, catalogue=catalogue)
        return {table: change.con.sql(f"SELECT * FROM {table}").to_arrow_table().to_pylist() for table in change.after}


SIGN = Sign(sign="warning", text="An invented sign.", wording="unconfirmed")
CATALOGUE = Catalogue(
    agreements={
        "sample-b": agreement(
            "sample-b",
            undertaking(number="1", kin=("sample-a/1.10",), signs=(SIGN,)),
            in_force_from=date(2031, 1, 1),
            source_url="https://example.org/b",
            note="A note.",
        ),
        "sample-a": agreement(
            "sample-a",
            undertaking(number="1.10", source_url="https://example.org/a", cannot_yet="No record is held."),
            undertaking(number="1.9", bound="sector"),
        ),
        "blank": agreement("blank", undertaking(number="1", kin=("sample-a/1.9",)), template=True),
        "invented": agreement("invented", undertaking(number="1"), standing="sample"),
    },
    rule_sets={
        "later": rule_set(
            "later", in_force_from=date(2032, 1, 1), made_by="compact", least_days=84, usual_most_days=90, response_days=28, tests="sample-a/1.9"
        ),
        "earlier": rule_set("earlier", in_force_to=date(2031, 12, 31), dates_note="Month known.", source_url="https://example.org/c"),
        "invented": rule_set("invented", standing="sample"),
    },
    indicators={"two": indicator("two", tests=("sample-a/1.9",)), "one": indicator("one", tests=("sample-a/1.9",))},
)


def test_extract_puts_real_agreements_and_no_templates(tmp_path: Path) -> None:
    plain = {"in_force_from": None, "in_force_to": None, "parties": "Invented parties"}
    given = {"in_force_from": date(2031, 1, 1), "source_url": "https://example.org/b", "note": "A note."}
    assert tables_of(CATALOGUE, tmp_path)["agreements"] == [
        {"agreement": "sample-a", "title": "Title of sample-a", **plain, "source_url": None, "note": None},
        {"agreement": "sample-b", "title": "Title of sample-b", **plain, **given},
    ]


def test_extract_puts_undertakings_in_the_order_of_numbers_with_kin_both_ways(tmp_path: Path) -> None:
    plain = {"outcome": "1. An invented outcome", "bound": "government", "paraphrase": "Do an invented thing.", "test": "computed", "wording": "confirmed"}
    bare = {"source_url": None, "cannot_yet": None, "indicators": None, "kin": None}
    assert tables_of(CATALOGUE, tmp_path)["undertakings"] == [
        {"undertaking": "sample-a/1.9", "agreement": "sample-a", "place": 1, "number": "1.9", **plain, **bare, "bound": "sector", "indicators": "one;two"},
        {
            "undertaking": "sample-a/1.10",
            "agreement": "sample-a",
            "place": 2,
            "number": "1.10",
            **plain,
            **bare,
            "source_url": "https://example.org/a",
            "cannot_yet": "No record is held.",
            "kin": "sample-b/1",
        },
        {"undertaking": "sample-b/1", "agreement": "sample-b", "place": 1, "number": "1", **plain, **bare, "kin": "sample-a/1.10"},
    ]


def test_extract_puts_signs_in_order(tmp_path: Path) -> None:
    assert tables_of(CATALOGUE, tmp_path)["signs"] == [
        {"undertaking": "sample-b/1", "place": 1, "sign": "warning", "text": "An invented sign.", "wording": "unconfirmed", "source_url": None}
    ]


def test_extract_puts_real_rule_sets_by_date(tmp_path: Path) -> None:
    none = {"in_force_to": None, "least_days": None, "usual_most_days": None, "response_days": None, "dates_note": None, "source_url": None}
    plain = {"made_by": "government", "in_force_from": date(2031, 1, 1), "rule": "An invented rule.", **none}
    ended = {"in_force_to": date(2031, 12, 31), "dates_note": "Month known.", "source_url": "https://example.org/c"}
    clocks = {"least_days": 84, "usual_most_days": 90, "response_days": 28}
    assert tables_of(CATALOGUE, tmp_path)["rule_sets"] == [
        {"rule_set": "earlier", "title": "Title of earlier", **plain, **ended},
        {"rule_set": "later", "title": "Title of later", **plain, **clocks, "made_by": "compact", "in_force_from": date(2032, 1, 1)},
    ]


def test_extract_puts_empty_tables_from_an_empty_catalogue(tmp_path: Path) -> None:
    assert tables_of(Catalogue(), tmp_path) == {"agreements": [], "undertakings": [], "signs": [], "rule_sets": []}


def test_extract_refuses_kin_that_nobody_holds_and_leaves_the_lake_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(UnknownKin):
        tables_of(Catalogue(agreements={"sample-a": agreement("sample-a", undertaking(kin=("sample-z/1",)))}), tmp_path)
    assert Lake(tmp_path, load_shapes()).manifest() == {}


def test_extract_refuses_an_outcome_that_is_not_listed(tmp_path: Path) -> None:
    with pytest.raises(UnknownOutcome):
        tables_of(Catalogue(agreements={"sample-a": agreement("sample-a", undertaking(outcome="9"))}), tmp_path)


def test_extract_of_the_catalogue_holds_every_undertaking_of_the_compact_and_the_covenant(tmp_path: Path) -> None:
    tables = tables_of(load_catalogue(), tmp_path)
    by_agreement = {row["agreement"]: sum(item["agreement"] == row["agreement"] for item in tables["undertakings"]) for row in tables["agreements"]}
    assert {"compact-2010": 47, "covenant-2025": 4}.items() <= by_agreement.items()
    assert "local-compact-template" not in by_agreement
