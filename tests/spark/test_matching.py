"""Names are matched on two workers as on one machine, row by row, whatever portion they fall into."""

from random import Random

from opencompact.organisations.actions.matching import PORTION, Entry, Payee, matcher
from opencompact.organisations.actions.spreading import match_over

FIRST = ["Lantern", "Kettle", "Harbour", "Meadow", "Orchard", "Pebble", "Saddle", "Thimble", "Willow", "Beacon", "Copper", "Drift"]
SECOND = ["Carers", "Youth", "Arts", "Refuge", "Rowing", "Allotment", "Hospice", "Choir", "Museum", "Shelter"]
FORMS = ["Trust", "Association", "Ltd", "CIC", "Foundation", ""]


def register():
    """A name for each pair of words; a third of them on another register, some the same twice."""
    pairs = [(first, second) for first in FIRST for second in SECOND]
    schemes = ("CHC", "CHC", "SC")
    return [
        *(
            Entry(f"GB-{schemes[place % 3]}-{1000 + place}", f"Sample {first} {second} Trust", f"S{place % 9} 1AA")
            for place, (first, second) in enumerate(pairs)
        ),
        *(Entry(f"GB-COH-{place}", f"Sample {first} {second} Ltd", same_as=f"GB-CHC-{1000 + place}") for place, (first, second) in enumerate(pairs[::7])),
    ]


def payees(count):
    chance = Random(7)
    drawn = (
        Payee(
            f"SAMPLE {chance.choice(FIRST)} {chance.choice(SECOND)[: chance.randint(4, 9)]} {chance.choice(FORMS)} {number or ''}".upper(), f"S{number % 9} 1AA"
        )
        for number in range(count)
    )
    return [each for payee in drawn for each in ([payee, payee] if chance.random() < 0.1 else [payee])]


def test_matches_are_those_of_one_machine_row_by_row(cluster):
    entries, asked = register(), payees(PORTION + 600)
    assert len(set(asked)) > PORTION
    alone = matcher(entries).match(asked)
    assert match_over(cluster, entries=entries, payees=asked) == alone
    assert {match.decision for match in alone} == {"accepted", "review", "none"}
