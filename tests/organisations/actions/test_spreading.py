import pickle

import pytest

from opencompact.organisations.actions import matching, spreading
from opencompact.organisations.actions.matching import Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.rules.learned import Learned

ENTRIES = [
    Entry("GB-CHC-1", "Lantern Carers Trust", "S1 1AA"),
    Entry("GB-SC-2", "Kettle Youth Club"),
    Entry("GB-CHC-3", "Kettle Youth Club"),
    Entry("GB-COH-4", "Harbour Rowing Association Ltd"),
]
PAYEES = [
    Payee("LANTERN CARERS TRUST", "S1 1AA"),
    Payee("KETTLE YOUTH CLUB"),
    Payee("Harbour Rowing"),
    Payee("LANTERN CARERS TRUST", "S1 1AA"),
    *(Payee(f"KETTLE YOUTH {place}") for place in range(7)),
    Payee("Lantern Caring"),
    Payee(""),
]


class Hands:
    """Workers in this process: everything they are given goes through pickle, as to another machine."""

    def __init__(self, workers):
        self.workers = workers
        self.sizes = []

    def spread(self, work, portions, *, given):
        self.sizes = [len(portion) for portion in portions]
        held = pickle.loads(pickle.dumps(given))
        return [pickle.loads(pickle.dumps(work(held, portion))) for portion in portions]


@pytest.fixture
def portions_of_four(monkeypatch):
    for module in (matching, spreading):
        monkeypatch.setattr(module, "PORTION", 4)


@pytest.mark.parametrize("workers", [1, 2, 5, 40])
def test_matches_are_those_of_one_machine_whatever_the_portions(portions_of_four, workers):
    hands = Hands(workers)
    assert spreading.match_over(hands, entries=ENTRIES, payees=PAYEES) == matcher(ENTRIES).match(PAYEES)
    assert sum(hands.sizes) == len(set(PAYEES))
    assert len(hands.sizes) <= workers


def test_workers_heed_what_was_learned(portions_of_four):
    learned = Learned(-1.0, 1.0, 9)
    found = spreading.match_over(Hands(3), entries=ENTRIES, payees=PAYEES, learned=learned)
    assert found == matcher(ENTRIES, learned=learned).match(PAYEES)
    assert found != matcher(ENTRIES).match(PAYEES)


def test_file_of_one_portion_is_matched_here():
    hands = Hands(2)
    assert spreading.match_over(hands, entries=ENTRIES, payees=PAYEES) == matcher(ENTRIES).match(PAYEES)
    assert hands.sizes == []


def test_register_is_read_once_by_a_worker_and_not_sent_with_the_index():
    held = spreading.Held(tuple(ENTRIES), tuple(PAYEES[:2]))
    sent = len(pickle.dumps(spreading.Held(tuple(ENTRIES), tuple(PAYEES[:2]))))
    assert held.matcher is held.matcher
    assert len(spreading.match_portion(held, PAYEES[:1])) == 1
    assert sent < 1_000
