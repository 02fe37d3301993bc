import numpy as np
import pytest

from opencompact.organisations.rules import matching_index
from opencompact.organisations.rules.matching_index import Index, Register, recency, twins
from opencompact.organisations.rules.names import Guard, NameRules

NAMES = ("VARROW CARERS", "WEXEL CARERS", "VARROW MUSIC SOCIETY", "VARROW CARERS", "VARROWCARERS")
IDS = ("GB-CHC-1900001", "GB-CHC-1900002", "GB-CHC-1900003", "GB-SC-SC098001", "GB-CHC-1900005")


def register(ids=IDS, names=NAMES):
    return Register(ids, names, names, np.zeros(len(names), bool))


@pytest.fixture(scope="module")
def index():
    return Index(register(), more_words=["SURGERY"])


def found(index, *names):
    rows, places = index.candidates(list(names))
    return [set(places[rows == row].tolist()) for row in range(len(names))]


def borne_by(index, name):
    return index.namesakes[index.register.names.index(name)]


def test_candidates_share_a_word_or_letters_or_the_whole(index):
    assert found(index, "VARROW CARERS", "WEXLE CARERS", "ZZZZ") == [{0, 1, 2, 3, 4}, {0, 1, 3, 4}, set()]


def test_initials_lead_to_the_name(index):
    assert 2 in found(index, "VMS")[0]


def test_joined_words_lead_to_the_name(index):
    assert {0, 3, 4} <= found(index, "VARROW CARERS")[0]
    assert index.alike("VARROW CARERS") == index.alike("VARROWCARERS")
    assert (borne_by(index, "VARROW CARERS"), index.alike("OTHER")) == (3, -1)


def test_organisations_that_stand_for_each_other_are_one():
    held = Index(register(), same_as={"GB-SC-SC098001": "GB-CHC-1900001"})
    assert borne_by(held, "VARROW CARERS") == 2


def test_word_known_from_the_vocabulary_alone_is_still_unseen(index):
    assert (index.unseen_words("VARROW SURGERY ZZZ"), index.rarest("VARROW SURGERY"), index.rarest("VARROW")) == (2, 0, 3)


def test_rarer_words_weigh_more(index):
    weights = dict(zip(index.words, index.rarity, strict=True))
    assert weights["MUSIC"] > weights["CARERS"]


def test_only_so_many_names_are_looked_through(monkeypatch):
    monkeypatch.setattr(matching_index, "_WORTH", 1)
    held = Index(register(("a", "b", "c", "d"), ("VARROW RED", "VARROW BLUE", "VARROW GREEN", "VARROW GREY")))
    assert 0 in found(held, "VARROW RED")[0]
    words = matching_index._rarest(held.of_words(["VARROW RED"]), held.times)
    assert words.indices.tolist() == [held.words["RED"]]


def test_a_part_counts_only_where_no_whole_name_is_like_it():
    held = Index(Register(IDS[:4], ("VARROW CARERS", "VARROW CARERS", "WEXEL", "WEXEL"), NAMES[:4], np.array([False, True, True, True])))
    assert held.namesakes.tolist() == [1, 1, 2, 2]


def test_pieces_are_the_same_however_many_names_are_read_at_once(monkeypatch):
    whole = [each.tolist() for each in matching_index._pieces(NAMES)]
    monkeypatch.setattr(matching_index, "_AT_ONCE", 64)
    assert [each.tolist() for each in matching_index._pieces(NAMES)] == whole


def test_register_of_one_name_is_searched():
    assert found(Index(register(IDS[:1], NAMES[:1])), "VARROW CARER", "QQQQ") == [{0}, set()]


def test_register_without_names_gives_no_candidates():
    assert found(Index(register((), ())), "VARROW CARERS") == [set()]


def test_letters_of_no_alphabet_we_know_make_no_fault(index):
    assert found(index, "ΟΔΟΣ", "") == [set(), set()]


@pytest.mark.parametrize(("earlier", "later"), [("GB-CHC-200001", "GB-CHC-1100001"), ("GB-SC-SC098001", "GB-CHC-200001"), ("own", "own-2")])
def test_recency_grows_with_the_number(earlier, later):
    assert recency(earlier) < recency(later)


def test_second_registration_is_the_twin_of_the_one_of_its_name():
    rules = NameRules(("", ""), (), (), (), (), (Guard("^GB-SC-", "^GB-CHC-", "because"),))
    assert twins(register(), rules) == {"GB-SC-SC098001": "GB-CHC-1900001"}
    two = register(("GB-CHC-1", "GB-CHC-2", "GB-SC-SC098001"), ("A B", "A B", "A B"))
    assert twins(two, rules) == {}
