"""Names are matched on two workers as on one machine, row by row, whatever portion they fall into."""

from random import Random

from opencompact.organisations.actions.matching import PORTION, Payee, matcher
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.actions.spreading import match_over

FIRST = ["Lantern", "Kettle", "Harbour", "Meadow", "Orchard", "Pebble", "Saddle", "Thimble", "Willow", "Beacon", "Copper", "Drift"]
SECOND = ["Carers", "Youth", "Arts", "Refuge", "Rowing", "Allotment", "Hospice", "Choir", "Museum", "Shelter"]
FORMS = ["Trust", "Association", "Ltd", "CIC", "Foundation", ""]


def register():
    """Few names with few words in common, so that matching is quick; every third on another register, some of them a company too."""
    pairs = list(zip(FIRST, [*SECOND, *SECOND], strict=False))
    schemes = ("CHC", "CHC", "SC")
    return [
        *(Entry(f"GB-{schemes[place % 3]}-{1000 + place}", f"{first} {second} Trust", f"S{place % 9} 1AA") for place, (first, second) in enumerate(pairs)),
        *(Entry(f"GB-COH-{place}", f"{first} {second} Ltd", same_as=f"GB-CHC-{1000 + place}") for place, (first, second) in enumerate(pairs[::4])),
    ]


def payees(count):
    """Names of the register cut short and numbered, with some that it does not have, some of them twice."""
    chance, known = Random(7), [entry.name.split() for entry in register()]
    drawn = []
    for number in range(count):
        first, second, _ = chance.choice(known)
        second = chance.choice([second, second[: chance.randint(3, 9)], chance.choice(SECOND)])
        drawn += [Payee(f"{first} {second} {chance.choice(FORMS)} {number or ''}".upper(), f"S{number % 9} 1AA")] * chance.choice([1, 1, 1, 2])
    return drawn


def test_matches_are_those_of_one_machine_row_by_row(cluster):
    entries, asked = register(), payees(PORTION + 200)
    assert len(set(asked)) > PORTION
    alone = matcher(entries).match(asked)
    assert match_over(cluster, entries=entries, payees=asked) == alone
    assert {match.decision for match in alone} == {"accepted", "review", "none"}
