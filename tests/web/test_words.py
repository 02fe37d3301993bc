from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.web import words


def test_day_missing_is_said() -> None:
    assert [words.day(date(2012, 7, 16)), words.day(None)] == ["16\u00a0July\u00a02012", "not held"]


@pytest.mark.parametrize(("text", "expected"), [("2032-09-30", "30\u00a0September\u00a02032"), ("2032-09", "2032-09"), ("2032", "2032"), (None, "not held")])
def test_loose_day_keeps_what_is_no_whole_day(text: str | None, expected: str) -> None:
    assert words.loose_day(text) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, "not held"),
        (Decimal(0), "£0"),
        (Decimal("12.5"), "£12.50"),
        (Decimal("-310.00"), "−£310"),
        (Decimal(95000), "£95,000"),
        (Decimal(1_249_999), "£1.2\u00a0million"),
        (Decimal(999_999_999), "£1,000\u00a0million"),
        (Decimal(3_400_000_000), "£3.4\u00a0billion"),
    ],
)
def test_money_in_its_scale(amount: Decimal | None, expected: str) -> None:
    assert words.money(amount) == expected


def test_pounds_to_the_penny() -> None:
    assert [words.pounds(Decimal("1234567.8")), words.pounds(Decimal("-1")), words.pounds(None)] == ["£1,234,567.80", "−£1.00", "not held"]


@pytest.mark.parametrize(
    ("share", "expected"),
    [(None, "not held"), (0.0, "0\u00a0%"), (0.001, "under\u00a01\u00a0%"), (0.45, "45\u00a0%"), (0.999, "over\u00a099\u00a0%"), (1.0, "100\u00a0%")],
)
def test_percent_never_rounds_to_none_or_all(share: float | None, expected: str) -> None:
    assert words.percent(share) == expected


@given(st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True))
def test_percent_of_some_is_neither_none_nor_all(share: float) -> None:
    assert words.percent(share) not in ("0\u00a0%", "100\u00a0%")


def test_plural_and_count() -> None:
    assert [words.plural(1, "body", "bodies"), words.plural(3, "body", "bodies"), words.plural(2, "day"), words.count(1234), words.count(None)] == [
        "1\u00a0body",
        "3\u00a0bodies",
        "2\u00a0days",
        "1,234",
        "not held",
    ]


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (None, "share", "not held"),
        (0.4, "share", "40\u00a0%"),
        (2e6, "pounds", "£2.0\u00a0million"),
        (1.0, "days", "1\u00a0day"),
        (63.5, "days", "63.5\u00a0days"),
        (7.0, "count", "7"),
    ],
)
def test_value_in_its_unit(amount: float | None, unit: str, expected: str) -> None:
    assert words.value(amount, unit) == expected


@pytest.mark.parametrize(
    ("slug", "expected"), [("executive_ndpb", "Executive NDPB"), ("not-held", "Not held"), (None, "Not held"), ("no_such_date", "No such date")]
)
def test_label_in_plain_spelling(slug: str | None, expected: str) -> None:
    assert words.label(slug) == expected


@pytest.mark.parametrize(
    ("one", "many"), [("Council", "Councils"), ("Executive agency", "Executive agencies"), ("Highway", "Highways"), ("Other bodies", "Other bodies")]
)
def test_several_of_a_kind(one: str, many: str) -> None:
    assert words.several(one) == many


@pytest.mark.parametrize(
    ("octets", "expected"), [(None, "not held"), (1, "1\u00a0byte"), (1_500, "1.5\u00a0kB"), (2_000_000, "2.0\u00a0MB"), (3_000_000_000, "3.0\u00a0GB")]
)
def test_size_in_powers_of_a_thousand(octets: int | None, expected: str) -> None:
    assert words.size(octets) == expected


def test_path_keeps_slashes_and_escapes_the_rest() -> None:
    assert words.path("a b/c?d#é.csv") == "a%20b/c%3Fd%23%C3%A9.csv"
