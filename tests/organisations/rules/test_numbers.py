import pytest

from opencompact.organisations.rules.numbers import entries_of, is_number


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("1234567", ("GB-CHC-1234567", "GB-COH-01234567")),  # a company's number may have lost its nought
        ("GB-CHC-1234567", ("GB-CHC-1234567",)),
        ("gb-coh-01234567", ("GB-COH-01234567",)),
        ("GB-COH-1234567", ("GB-COH-1234567", "GB-COH-01234567")),  # as it stands, and put right
        ("GB-NHS-AB1", ("GB-NHS-AB1",)),
        ("Charity no. 1234567", ("GB-CHC-1234567", "GB-COH-01234567")),
        ("Registered charity number: 234567", ("GB-CHC-234567", "GB-COH-00234567")),
        ("SC012345", ("GB-SC-SC012345", "GB-COH-SC012345")),
        ("09123456", ("GB-COH-09123456",)),
        ("Nowhere Carers", ()),
        ("N/A", ()),
        ("", ()),
    ],
)
def test_entries_of_a_number(text, entries):
    assert entries_of(text) == entries


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1234567", True), ("GB-CHC-1234567", True), (" SC012345 ", True), ("IP12345R", True), ("3 Rivers", False), ("1st Scouts", False), ("999", False)],
)
def test_is_number_is_one_word_with_digits(text, is_one):
    assert is_number(text) is is_one
