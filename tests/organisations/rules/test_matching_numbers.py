import pytest

from opencompact.organisations.rules.matching_numbers import organisations_of

KNOWN = {"GB-CHC-1923456", "GB-COH-01923456", "GB-COH-09812345", "GB-SC-SC098001", "own-7"}


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("GB-SC-SC098001", ("GB-SC-SC098001",)),
        ("SC098001", ("GB-SC-SC098001",)),
        ("9812345", ("GB-COH-09812345",)),
        ("1923456", ("GB-CHC-1923456", "GB-COH-01923456")),
        (" own-7 ", ("own-7",)),
        ("N/A", ()),
        ("", ()),
    ],
)
def test_number_is_of_the_organisations_of_the_register(number, found):
    assert organisations_of(number, KNOWN) == found
