"""What stands beside two names, and what speaks against them, makes of how likely they are one organisation, in log-odds."""

import numpy as np

from opencompact.organisations.rules.matching_index import Floats

# What a postcode or the words of a payment add to the log-odds of a pair; both sides must tell, and silence adds nothing.
SAME_POSTCODE, NEAR_POSTCODE, OTHER_POSTCODE, SAID_IN_CONTEXT = 4.0, 1.5, -1.5, 0.7
SPOKEN_AGAINST = -2.0  # what is taken off where `rules/probable.py` knows something against a pair: few such judged names are right
_LEAST_PROBABILITY = 1e-6


def of_postcodes(given: str, held: str) -> float:
    """What the payee's postcode and the register's add."""
    ours, theirs = ("".join(each.split()).upper() for each in (given, held))
    if not ours or not theirs:
        return 0.0
    if ours == theirs:
        return SAME_POSTCODE
    return NEAR_POSTCODE if ours[:-3] == theirs[:-3] else OTHER_POSTCODE


def shifted(probabilities: Floats | float, added: Floats | float) -> Floats:
    """Probabilities with something added to their log-odds."""
    held = np.clip(probabilities, _LEAST_PROBABILITY, 1 - _LEAST_PROBABILITY)
    return np.asarray(1 / (1 + np.exp(-(np.log(held / (1 - held)) + added))), float)


def of_context(context: str, own_name: str, register_name: str) -> float:
    """What is added where the payment's own words say what the register's name has over the payee's, such as its place."""
    said, own = ({word.strip(".,()") for word in text.upper().split()} for text in (context, own_name))
    over = set(register_name.split()) - own
    return SAID_IN_CONTEXT if any(len(word) > 3 and word in said for word in over) else 0.0
