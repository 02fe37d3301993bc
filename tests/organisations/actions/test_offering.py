"""What of a release is offered to be matched against, and what a number adds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from opencompact.lake import Lake
from opencompact.organisations.actions import offering
from opencompact.organisations.actions.matching import Payee
from opencompact.organisations.rules.decided import Known
from opencompact.organisations.rules.learned import Learned
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
    monkeypatch.setattr(offering, "matcher", lambda *given, **more: made.append(1) or matcher(*given, **more))
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
    ((first, *_),) = made.candidates([Payee("Long Wall Centre")], known=[Known("GB-CHC-1")])
    assert (first.organisation, first.decision, first.probability, first.stage) == ("GB-CHC-1", "accepted", 1.0, "identifier")
    assert first.why.startswith("Its number was given. Shares")
    (matched,) = made.match([Payee("Long Wall Centre")], known=[Known("GB-CHC-1")])
    assert matched == first


def test_number_alone_is_accepted(con):
    ((first, *others),) = offer(con).candidates([Payee("")], known=[Known("GB-COH-7")])
    assert (first.organisation, first.decision, others) == ("GB-COH-7", "accepted", [])


def test_number_against_the_name_is_for_a_person(con):
    made = offer(con)
    (found,) = made.candidates([Payee("Old Mill Youth Club")], known=[Known("GB-COH-7")])
    assert (found[0].organisation, found[0].decision) == ("GB-CHC-3", "review")  # accepted by its name alone, but not with another's number
    assert ("GB-COH-7", "review", 0.5) in [(each.organisation, each.decision, each.probability) for each in found]
    (matched,) = made.match([Payee("Old Mill Youth Club")], known=[Known("GB-COH-7")])
    assert (matched.organisation, matched.decision) == ("GB-COH-7", "review")


def test_payees_without_numbers_are_matched_as_they_are(con):
    plain = offer(con).match([Payee("Old Mill Youth Club"), Payee("Qqqq")])
    assert plain == offer(con).match([Payee("Old Mill Youth Club"), Payee("Qqqq")], known=[Known(), Known()])


DECIDED = [
    ("Quern Circle", "organisation", "GB-CHC-3", "", "", ""),
    ("Old Mill Youth Club", "none_of_these", None, "", "", ""),
    ("Quern Circle", "organisation", "GB-CHC-1", "sample-borough", "", ""),
    ("Whoever", "organisation", "GB-COH-7", "sample-borough", "V9", ""),
    ("Long Wall Advice Centre", "not_voluntary", None, "", "", "GB-COH-4"),
]


@pytest.fixture
def reviewed(con, tmp_path: Path):
    """The same offer, where people have decided about names."""
    made = Lake(tmp_path, load_shapes())
    told = ("payee_name", "outcome", "organisation_id", "body", "vendor_number", "published_org_id")
    with made.change() as change:
        rows = [dict(zip(told, row, strict=True)) for row in DECIDED]
        change.put_rows("name_decisions", [{**row, "decision": f"n-{place}", "because": "Said Petronel.", "decided_on": date(2031, 8, 1)}
                                           for place, row in enumerate(rows)])  # fmt: skip
    return offer(con, made)


def test_what_a_person_decided_comes_before_likeness_and_its_reason_stays_inside(reviewed):
    (match,) = reviewed.match([Payee("The QUERN CIRCLE")])
    assert (match.organisation, match.decision, match.stage, match.probability) == ("GB-CHC-3", "accepted", "reviewed", 1.0)
    assert match.why == "A person decided on 1 August 2031."
    ((first, *others),) = reviewed.candidates([Payee("Quern Circle")])
    assert (first.organisation, [each for each in others if each.decision == "accepted"]) == ("GB-CHC-3", [])


def test_what_a_person_found_to_be_nobody_has_no_candidate_though_the_name_is_the_same(reviewed):
    (match,) = reviewed.match([Payee("Old Mill Youth Club")])
    assert (match.organisation, match.decision, match.stage) == ("", "none", "reviewed")
    assert match.why == "A person decided on 1 August 2031 that it is none of those on the registers."
    assert reviewed.candidates([Payee("Old Mill Youth Club")]) == [[]]


def test_what_one_body_decided_holds_for_it_alone_and_its_vendor_number_comes_first(reviewed):
    known = [Known(body="sample-borough"), Known(body="another"), Known(body="sample-borough", vendor="V9"), Known(vendor="V9")]
    found = reviewed.match([Payee("Quern Circle")] * 4, known=known)
    assert ids(found) == ["GB-CHC-1", "GB-CHC-3", "GB-COH-7", "GB-CHC-3"]


def test_a_name_with_a_number_is_another_payee_than_one_without(reviewed):
    plain, numbered = reviewed.match([Payee("Long Wall Advice Centre")] * 2, known=[Known(), Known("GB-CHC-1", ("GB-COH-4",))])
    assert (plain.organisation, plain.stage) == ("GB-CHC-1", "exact")
    assert (numbered.organisation, numbered.stage) == ("", "reviewed")


def test_likeness_is_heeded_by_what_the_release_learned(con):
    payees = [Payee("Long Wall Haulag Ltd"), Payee("Old Mill Youth Club")]
    plain = offer(con)
    con.execute("CREATE TABLE match_learning (probability_from DOUBLE, decisions BIGINT, shift DOUBLE, slope DOUBLE)")
    con.execute("INSERT INTO match_learning VALUES (0.7, 3, -1.0, 1.1), (0.9, 4, -1.0, 1.1)")
    taught = offer(con, release="two")
    assert taught.matcher.learned == Learned(-1.0, 1.1, 7)
    before, after = plain.match(payees), taught.match(payees)
    assert (before[0].stage, after[0].probability) == ("compared", taught.matcher.learned.of(before[0].probability))
    assert after[0].probability < before[0].probability
    assert after[1] == before[1]  # the same name is not taught
    first, *rivals = taught.candidates(payees[:1])[0]
    assert (first.organisation, first.probability) == (after[0].organisation, after[0].probability)
    assert all(each.probability <= first.probability for each in rivals)
    (numbered,) = taught.match(payees[:1], known=[Known("GB-COH-7")])
    assert "Learned" not in numbered.why


def test_what_has_ended_gives_way_to_its_namesake_and_a_branch_to_the_whole(con, tmp_path):
    names = [
        ("GB-CHC-11", "Fulmar Players", {"removed_on": date(2030, 1, 1)}),
        ("GB-CHC-12", "Fulmar Players", {}),
        ("GB-CHC-13", "Nightjar Circle", {}),
        ("GB-CHC-13-1", "Nightjar Circle", {}),
    ]
    for identifier, name, _ in names:
        con.execute("INSERT INTO organisations VALUES (?, ?, 'charity', true, true, NULL)", [identifier, name])
    made = Lake(tmp_path, load_shapes())
    with made.change() as change:
        change.put_rows(
            "register_names", [{**ORIGIN, "organisation_id": identifier, "name": name, "register": "r", **more} for identifier, name, more in names]
        )
        change.put_rows("register_numbers", [{**ORIGIN, "organisation_id": "GB-CHC-13", "relation": "branch", "other_id": "GB-CHC-13-1"}])
    plain, told = offer(con), offer(con, made, release="two")
    asked = [Payee("Fulmar Players"), Payee("Nightjar Circle")]
    assert [each.decision for each in plain.match(asked)] == ["review", "review"]
    assert [(each.organisation, each.decision) for each in told.match(asked)] == [("GB-CHC-12", "accepted"), ("GB-CHC-13", "accepted")]
