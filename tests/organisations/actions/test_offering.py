"""What of a release is offered to be matched against, and what a number adds."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from opencompact.lake import Lake
from opencompact.organisations.actions import offering
from opencompact.organisations.actions.matching import Payee
from opencompact.registry import load_shapes

ORGANISATIONS = [
    ("GB-CHC-1", "Long Wall Advice Centre", "charity", True, True, "GB-COH-4"),
    ("GB-CHC-3", "Old Mill Youth Club", "charity", True, True, None),
    ("GB-COH-4", "Long Wall Advice Centre Ltd", "company", False, False, None),
    ("GB-COH-7", "Long Wall Haulage Ltd", "company", False, False, None),
    ("GB-CHC-8", "withheld", "charity", True, True, None),
]
ORIGIN = {"source": "s", "standing": "sample", "source_file": "f", "source_row": 1}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(
            "CREATE TABLE organisations (organisation_id VARCHAR, name VARCHAR, kind VARCHAR, is_voluntary BOOLEAN, on_register BOOLEAN, other_ids VARCHAR)"
        )
        made.executemany("INSERT INTO organisations VALUES (?, ?, ?, ?, ?, ?)", ORGANISATIONS)
        made.execute("CREATE TABLE organisation_history AS SELECT 'GB-CHC-3' AS organisation_id, 'name' AS line, 'Millers Boys Brigade' AS told")
        yield made
    offering.forget()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake with more names on its registers, one of an organisation that the release does not have, one of an example."""
    made = Lake(tmp_path, load_shapes())
    names = [
        {"organisation_id": "GB-CHC-1", "name": "Quernstone Helpdesk", "register": "r", "postcode": "zz1 1aa"},
        {"organisation_id": "GB-CHC-99", "name": "Unreleased Trust", "register": "r"},
        {"organisation_id": "GB-CHC-3", "name": "Nightjar Kayaking", "register": "r", "standing": "example"},
        {"organisation_id": "GB-CHC-3", "name": "Fulmar Department", "register": "r", "slug": "fulmar-department"},
    ]
    with made.change() as change:
        change.put_rows("register_names", [{**ORIGIN, **name} for name in names])
    return made


def offer(con, lake=None, *, release="one", **more):
    return offering.offered(con, release=release, standing="sample", lake=lake, **more)


def ids(found):
    return [each.organisation for each in found]


def test_offered_are_those_with_a_public_name(con):
    made = offer(con)
    assert (made.organisations, made.names, made.left_out) == (4, 5, 0)
    assert "withheld" not in made.matcher.index.register.names


def test_offered_is_found_by_names_of_its_history(con):
    ((first, *_),) = offer(con).candidates([Payee("Millers Boys Brigade")])
    assert (first.organisation, first.decision) == ("GB-CHC-3", "accepted")


def test_offered_is_found_by_names_on_the_registers_of_the_same_standing_alone(con, lake):
    made = offer(con, lake)
    known, unreleased, example, body = made.match(
        [Payee(name) for name in ("Quernstone Helpdesk", "Unreleased Trust", "Nightjar Kayaking", "Fulmar Department")]
    )
    assert known.organisation == "GB-CHC-1"
    assert [each.organisation for each in (unreleased, example, body)] == ["", "", ""]


def test_only_the_first_half_of_a_postcode_is_held(con, lake):
    held = {entry.postcode for entry in offer(con, lake).matcher.entries.values() if entry.organisation == "GB-CHC-1"}
    assert held == {"ZZ1 ***"}
    whole, half = (offer(con, lake).candidates([Payee("Quernstone", postcode)])[0][0].probability for postcode in ("ZZ1 1AA", "ZZ1 9QQ"))
    assert whole == half


def test_company_of_a_charity_is_the_charity(con):
    ((first, *others),) = offer(con).candidates([Payee("Long Wall Advice Centre Ltd")])
    assert first.organisation == "GB-CHC-1"
    assert "GB-COH-4" not in ids(others)


def test_kept_until_the_release_or_the_lake_changes(con, lake, monkeypatch):
    made = []
    matcher = offering.matcher
    monkeypatch.setattr(offering, "matcher", lambda entries: made.append(1) or matcher(entries))
    first = offer(con, lake)
    assert offer(con, lake) is first
    with lake.change() as change:
        change.put_rows("register_names", [])
    assert offer(con, lake) is not first
    offer(con, lake, release="two")
    assert len(made) == 3
    assert len(offering._kept) == offering.KEPT


def test_lake_without_registers_adds_nothing(con, tmp_path):
    assert offer(con, Lake(tmp_path / "none", load_shapes())).names == 5


def test_where_there_are_too_many_the_voluntary_stay(con):
    made = offer(con, most=2)
    assert (made.organisations, made.left_out) == (2, 2)
    assert {entry.organisation for entry in made.matcher.entries.values()} == {"GB-CHC-1", "GB-CHC-3"}


def test_number_with_a_name_like_its_own_is_accepted(con):
    made = offer(con)
    ((first, *_),) = made.candidates([Payee("Long Wall Centre")], known=["GB-CHC-1"])
    assert (first.organisation, first.decision, first.probability, first.stage) == ("GB-CHC-1", "accepted", 1.0, "identifier")
    assert first.why.startswith("Its number was given. Shares")
    (matched,) = made.match([Payee("Long Wall Centre")], known=["GB-CHC-1"])
    assert matched == first


def test_number_alone_is_accepted(con):
    ((first, *others),) = offer(con).candidates([Payee("")], known=["GB-COH-7"])
    assert (first.organisation, first.decision, others) == ("GB-COH-7", "accepted", [])


def test_number_against_the_name_is_for_a_person(con):
    made = offer(con)
    (found,) = made.candidates([Payee("Old Mill Youth Club")], known=["GB-COH-7"])
    assert (found[0].organisation, found[0].decision) == ("GB-CHC-3", "review")  # accepted by its name alone, but not with another's number
    assert ("GB-COH-7", "review", 0.5) in [(each.organisation, each.decision, each.probability) for each in found]
    (matched,) = made.match([Payee("Old Mill Youth Club")], known=["GB-COH-7"])
    assert (matched.organisation, matched.decision) == ("GB-COH-7", "review")


def test_payees_without_numbers_are_matched_as_they_are(con):
    plain = offer(con).match([Payee("Old Mill Youth Club"), Payee("Qqqq")])
    assert plain == offer(con).match([Payee("Old Mill Youth Club"), Payee("Qqqq")], known=["", ""])
