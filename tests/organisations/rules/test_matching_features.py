import numpy as np
import pytest

from opencompact.organisations.rules.matching_features import Pairs, Payees, compare, surroundings
from opencompact.organisations.rules.matching_index import Index, Register

NAMES = ("VARROW ROAD BAPTIST CHURCH", "WEXEL CARERS LIMITED", "VARROW MUSIC SOCIETY", "WEXEL CARERS LIMITED", "WEXEL CARERS 3")
IDS = ("GB-CHC-1900001", "GB-CHC-1900002", "GB-CHC-1900003", "GB-CHC-1900009", "GB-CHC-1900005")
INDEX = Index(Register(IDS, NAMES, NAMES, np.array([False, False, True, False, False])), more_words=["SURGERY"])
CLASSES = {"SURGERY": "surgery", "CHURCH": "church"}


def compared(name, *, place, spelled=None, is_part=False, is_cut=False):
    payees = Payees(np.zeros(1, np.int64), (name,), (spelled or name,), np.array([is_part]), np.array([is_cut]))
    places = np.arange(len(NAMES))
    pairs = compare(INDEX, payees, np.zeros(len(NAMES), np.int64), places, classes=CLASSES)
    held = pairs.places.tolist().index(place)
    return {name: float(values[held]) for name, values in pairs.columns.items()}


def test_same_name_of_two_is_told_with_its_rivals():
    first, last = compared("WEXEL CARERS LIMITED", place=1), compared("WEXEL CARERS LIMITED", place=3)
    assert [(each["same"], each["namesakes"], each["as_good"], each["ahead"]) for each in (first, last)] == [(1, 2, 2, 0)] * 2
    assert (first["latest"], last["latest"]) == (0, 1)


def test_name_alone_in_front_is_ahead_and_the_others_behind():
    own, other = compared("VARROW MUSIC SOCIETY", place=2), compared("VARROW MUSIC SOCIETY", place=0)
    assert own["ahead"] > 0.3
    assert other["ahead"] < -0.3
    assert (own["as_good"], own["share_of_payee"], own["share_of_register"], own["part_of_register"]) == (1, pytest.approx(1), pytest.approx(1), 1)


def test_words_over_are_told_with_their_class():
    held = compared("VARROW ROAD SURGERY", place=0)
    assert (held["surgery_in_payee"], held["surgery_in_payee_over"], held["church_in_payee"]) == (1, 1, 0)
    assert (held["unseen_words"], held["first_word"], held["same"]) == (1, 1, 0)
    assert held["over_in_register"] > 0


@pytest.mark.parametrize(("spelled", "firm", "cic"), [("WEXEL LTD", 1, 0), ("WEXEL CIC", 0, 1), ("WEXEL C I C", 0, 1), ("WEXEL", 0, 0)])
def test_legal_form_is_read_from_the_spelling(spelled, firm, cic):
    held = compared("WEXEL", place=1, spelled=spelled)
    assert (held["firm_of_payee"], held["cic_of_payee"], held["firm_of_register"]) == (firm, cic, 1)


def test_initials_numbers_and_cut_names_are_seen():
    assert compared("VMS", place=2)["initials"] == 1
    assert compared("VMX", place=2)["initials"] == 0
    assert compared("WEXEL CARERS 4", place=4)["same_numbers"] == 0
    assert compared("WEXEL CARERS 3", place=4)["same_numbers"] == 1
    cut = compared("VARROW ROAD BAP", place=0, is_cut=True, is_part=True)
    assert (cut["begins"], cut["begins_cut_off"], cut["cut_off"], cut["part_of_payee"]) == (1, 1, 1, 1)


def test_no_pairs_make_empty_columns():
    payees = Payees(np.zeros(0, np.int64), (), (), np.zeros(0, bool), np.zeros(0, bool))
    none = np.zeros(0, np.int64)
    pairs = compare(INDEX, payees, none, none, classes=CLASSES)
    assert {len(values) for values in pairs.columns.values()} == {0}
    assert pairs.table(["same", "ahead"]).shape == (0, 2)


def told(ids, *, same, words, recencies=()):
    """What a file tells whose payees bear one name each, of the organisations of these ids, and its columns for each of them."""
    names = tuple(f"NAME {place}" for place in range(len(ids)))
    index = Index(Register(tuple(ids), names, names, np.zeros(len(ids), bool)))
    pairs = Pairs(np.arange(len(ids)), np.arange(len(ids)), {"same": np.array(same, float), "words_of_payee": np.array(words, float)})
    around = surroundings(index, pairs, np.arange(len(ids)))
    return around, around.columns(index, pairs.places)


def test_registers_of_file_follow_the_unmistakable_names():
    _, columns = told(["GB-CHC-1", "GB-CHC-2", "GB-SC-3", "own"], same=[1, 1, 1, 0], words=[3, 4, 2, 5])
    logs = columns["register_of_file"]
    assert logs[0] == logs[1] == pytest.approx(np.log(2.5 / 3.5))
    assert logs[2] == logs[3] == pytest.approx(np.log(0.5 / 3.5))


def test_a_file_of_long_ago_speaks_against_what_was_registered_since():
    early, late = [f"GB-CHC-{1_000_000 + place}" for place in range(40)], [f"GB-CHC-{1_190_000 + place}" for place in range(40)]
    around, columns = told([*early, *late, "GB-SC-SC050000"], same=[1] * 40 + [0] * 41, words=[3] * 81)
    held = columns["late_for_file"]
    assert len(around.recencies) == 40
    assert held[0] == pytest.approx(0)
    assert held[40] == pytest.approx(np.log(1 / 21))
    assert held[40] < held[79] < 0
    assert held[80] == 0


def test_a_file_of_every_year_speaks_against_none():
    ids = [f"GB-CHC-{1_000_000 + place}" for place in range(60)]
    _, columns = told(ids, same=[1] * 60, words=[3] * 60)
    assert columns["late_for_file"].tolist() == pytest.approx([0.0] * 60)


def test_initials_of_several_organisations_speak_less_for_each():
    names = ("VARROW MUSIC SOCIETY", "VEXEL MOTOR SPORT")
    index = Index(Register(("GB-CHC-1900001", "GB-CHC-1900002"), names, names, np.zeros(2, bool)))
    payees = Payees(np.zeros(1, np.int64), ("VMS",), ("VMS",), np.array([False]), np.array([False]))
    pairs = compare(index, payees, np.zeros(2, np.int64), np.arange(2), classes=CLASSES)
    assert pairs.columns["initials"].tolist() == [0.5, 0.5]


def test_the_whole_name_goes_before_a_part_that_is_the_same():
    names = ("WEXEL CARERS", "WEXEL CARERS")
    index = Index(Register(("GB-CHC-1900001", "GB-CHC-1900002"), names, names, np.array([False, True])))
    payees = Payees(np.zeros(1, np.int64), ("WEXEL CARERS",), ("WEXEL CARERS",), np.array([False]), np.array([False]))
    pairs = compare(index, payees, np.zeros(2, np.int64), np.arange(2), classes=CLASSES)
    assert pairs.columns["as_good"].tolist() == [1, 1]
    assert pairs.columns["ahead"][0] > 0 > pairs.columns["ahead"][1]
    assert pairs.columns["namesakes"].tolist() == [1, 1]
