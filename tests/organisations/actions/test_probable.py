"""Names left over are compared with the registers: linked, kept for a person, or left; and not compared twice."""

import pytest
from tests.organisations.waiting import ALIKE, CUT, CUT_FROM, FIRM, NAMES, PERSON, TWIN, TWINS, build, fill, org_id, payment, register

from opencompact.lake import Lake
from opencompact.organisations.actions import probable
from opencompact.organisations.actions.matching import Match
from opencompact.registry import load_shapes


def ask(lake, query, *given):
    return lake.connect().execute(query, list(given)).fetchall()


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return build(tmp_path_factory.mktemp("waiting"), [payment(ALIKE, "20.00", 20)])


def test_a_name_cut_off_is_linked_with_its_probability_and_the_register_it_stood_on(lake):
    (found,) = ask(lake, "SELECT organisation_id, link_stage, probability, may_name, register_file FROM links WHERE published_name = ?", CUT.upper())
    assert found[:2] == (CUT_FROM, "probable")
    assert 0.9 <= found[2] <= 1
    assert found[3:] == (True, "register.csv")


def test_a_name_two_charities_bear_waits_with_both_and_the_one_registered_last_stands_first(lake):
    assert ask(lake, "SELECT organisation_id, link_stage FROM links WHERE published_name = ?", TWIN) == [(None, "review")]
    found = ask(lake, "SELECT decision, organisation_id FROM link_candidates WHERE published_name = ? ORDER BY place", TWIN)
    assert found == [("review", TWINS[1]), ("review", TWINS[0])]


def test_a_persons_name_is_not_compared_and_a_firms_is_like_nothing(lake):
    assert ask(lake, "SELECT published_name FROM link_candidates WHERE published_name = ?", PERSON) == []
    assert ask(lake, "SELECT decision, organisation_id FROM link_candidates WHERE published_name = ?", FIRM) == [("none", None)]
    assert ask(lake, "SELECT link_stage FROM links WHERE published_name = ?", FIRM) == [("none",)]


def test_what_is_held_back_says_why(lake):
    ((decision, because),) = ask(lake, "SELECT decision, because FROM link_candidates WHERE published_name = ? AND place = 1", ALIKE)
    (link,) = ask(lake, "SELECT link_stage, because FROM links WHERE published_name = ?", ALIKE)
    assert decision == "review"
    assert "Only the payee's name has SCHOOL: it may be a public body of a like name." in because
    assert link[0] == "review"
    assert "a person decides" in link[1]


def test_queue_holds_what_waits_with_its_pounds_and_no_person(lake):
    found = ask(lake, "SELECT state, normalised_name, rows, amount, spellings FROM review_queue ORDER BY amount DESC")
    assert [(state, int(amount), spellings) for state, _, _, amount, spellings in found] == [
        ("review", 10_000, 2), ("unknown", 700, 1), ("probable", 500, 1), ("review", 20, 1)
    ]  # fmt: skip
    assert not any("OKKELBY" in name for _, name, *_ in found)


def test_another_number_on_record_for_the_name_speaks_against_a_likely_link(tmp_path):
    lake = build(tmp_path, [payment(CUT.upper(), "1.00", 30, payee_org_id=org_id(77))])
    found = ask(lake, "SELECT link_stage, because FROM links WHERE published_name = ? AND published_org_id = ''", CUT.upper())
    assert found == [("review", "The record gives this name another number than that of the one organisation it is like.")]


def test_the_same_number_on_record_does_not(tmp_path):
    lake = build(tmp_path, [payment(CUT.upper(), "1.00", 30, payee_org_id=CUT_FROM)])
    assert ask(lake, "SELECT link_stage FROM links WHERE published_name = ? ORDER BY 1", CUT.upper()) == [("identifier",), ("probable",)]


class Counting:
    """The matcher, counting the names it is asked about."""

    def __init__(self, monkeypatch):
        self.asked: list[str] = []
        made = probable.matcher

        def counting(*given, **more):
            held = made(*given, **more)
            match = held.match
            monkeypatch.setattr(
                type(held), "match", lambda _, payees, **told: self.asked.extend(payee.name for payee in payees) or match(payees, **told), raising=True
            )
            return held

        monkeypatch.setattr(probable, "matcher", counting)


def test_names_compared_before_are_not_compared_again_and_the_bytes_are_those_of_a_build_from_nothing(tmp_path, monkeypatch):
    more = [payment(NAMES[3][:-2].upper(), "3.00", 40)]
    build(tmp_path / "one")
    counting = Counting(monkeypatch)
    build(tmp_path / "one")
    assert counting.asked == []
    again = build(tmp_path / "one", more)
    assert counting.asked == [more[0]["payee_name"]]
    monkeypatch.undo()
    whole = build(tmp_path / "two", more)
    for table in ("links", "link_candidates", "review_queue"):
        assert [part.sha256 for part in again.manifest()[table]] == [part.sha256 for part in whole.manifest()[table]]


def test_a_name_is_compared_anew_where_what_it_was_paid_for_changes(tmp_path, monkeypatch):
    build(tmp_path)
    counting = Counting(monkeypatch)
    build(tmp_path, [payment(FIRM, "9.00", 41, purpose="Nowhereshire depot")])
    assert counting.asked == [FIRM]


def test_a_purpose_that_names_the_place_of_one_of_two_speaks_for_it(tmp_path):
    branches = ("Wexelbury Lantern Aid Nowhereshire Hills", "Wexelbury Lantern Aid Otherborough Hills")
    entries = [{**register()[0], "organisation_id": org_id(700 + place), "name": name, "source_row": 700 + place} for place, name in enumerate(branches)]
    given = {"payee_name": "Wexelbury Lantern Aid", "amount": "5.00", "row": 42}
    found = {}
    for word in ("", "Nowhereshire", "Otherborough"):
        lake = build(tmp_path / (word or "none"), [payment(given["payee_name"], given["amount"], given["row"], purpose=f"Lamps {word}")], entries=entries)
        found[word] = dict(ask(lake, "SELECT organisation_id, probability FROM link_candidates WHERE published_name = ?", given["payee_name"]))
    assert found["Nowhereshire"][org_id(700)] > found[""][org_id(700)]
    assert found["Otherborough"][org_id(701)] > found[""][org_id(701)]


def test_a_name_that_is_gone_from_the_files_is_gone_from_the_candidates(tmp_path):
    build(tmp_path, [payment(ALIKE, "20.00", 20)])
    lake = build(tmp_path)
    assert ask(lake, "SELECT count(*) FROM link_candidates WHERE published_name = ?", ALIKE) == [(0,)]


def test_a_killed_comparison_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(probable, "PORTION", 2)
    lake = Lake(tmp_path, load_shapes())

    def killed(*_, **__):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), lake.change() as change:
        monkeypatch.setattr(
            change, "put", lambda table, *given, **more: killed() if table == probable.TABLE else type(change).put(change, table, *given, **more)
        )
        fill(change)
    monkeypatch.setattr(probable, "matcher", killed)
    with lake.change() as change:
        fill(change)
    assert ask(lake, "SELECT link_stage FROM links WHERE published_name = ?", CUT.upper()) == [("probable",)]


@pytest.mark.parametrize(("probability", "stage", "is_linked"), [(0.8, "compared", True), (0.79, "compared", False), (0.99, "initials", False)])
def test_a_figure_stands_on_no_link_by_initials_alone(probability, stage, is_linked):
    assert probable._is_linked(Match("GB-CHC-1900001", "Varrow Music Society", probability, "accepted", stage)) is is_linked
