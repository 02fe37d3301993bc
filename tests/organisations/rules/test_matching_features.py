import numpy as np
import pytest

from opencompact.organisations.rules.matching_features import Payees, compare, registers_of_file
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


def test_registers_of_file_follow_the_unmistakable_names():
    ids = ["GB-CHC-1", "GB-CHC-2", "GB-SC-3", "own"]
    logs = registers_of_file(np.array([1, 1, 1, 0]), np.array([3, 4, 2, 5]), np.array([0, 1, 2, 3]), ids)
    assert logs[0] == logs[1] == pytest.approx(np.log(2.5 / 3.5))
    assert logs[2] == logs[3] == pytest.approx(np.log(0.5 / 3.5))
