"""What a release says of itself, and how releases are numbered."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.publication.rules.release import BadNumber, BadRelease, Input, Release, from_json, is_number, next_number, number_before, number_order, to_json

RELEASE = Release(
    number="2031-11",
    state="frozen",
    at=datetime(2031, 11, 22, 9, 30, tzinfo=UTC),
    version="0.1.0",
    standing="real",
    stamp="computed, not yet put to the body",
    inputs=(Input("sample-payments.csv", "0" * 64), Input("sample-lost.csv", None)),
    tables={"payments": 3},
    coverage={"payments": {"held": 1}},
    frozen_at=datetime(2031, 11, 30, tzinfo=UTC),
)
months = st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1000)


def test_release_json_read_back_is_the_same_release():
    assert from_json(to_json(RELEASE)) == RELEASE


def test_release_json_of_a_sample_begins_with_the_mark():
    assert to_json(replace(RELEASE, standing="sample")).startswith(b'{\n "title": "INVENTED SAMPLE COUNTRY: OpenCompact, release 2031-11"')


def test_title_of_a_real_draft():
    assert replace(RELEASE, number="draft", state="draft").title == "OpenCompact, draft release"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"number": "2031-11"}', to_json(RELEASE).replace(b"frozen", b"molten", 1)])
def test_release_json_that_is_none_is_refused(content):
    with pytest.raises(BadRelease, match="cannot be read"):
        from_json(content)


@pytest.mark.parametrize(
    ("existing", "expected"), [([], "2031-11"), (["2031-10", "2030-11"], "2031-11"), (["2031-11"], "2031-11.2"), (["2031-11.2", "2031-11.10"], "2031-11.11")]
)
def test_next_number(existing, expected):
    assert next_number(existing, RELEASE.at) == expected


@given(st.lists(months, max_size=8), months)
def test_next_number_is_new_and_the_latest_of_its_month(before, at):
    existing: list[str] = []
    for earlier in [*before, at]:
        existing.append(next_number(existing, earlier))
    assert len(set(existing)) == len(existing)
    assert existing[-1] == max((number for number in existing if number.startswith(f"{at:%Y-%m}")), key=number_order)


def test_number_before_is_the_latest_earlier_one():
    existing = ["2031-09", "2031-11", "2031-11.2", "2031-11.10"]
    assert [number_before(existing, number) for number in ("draft", "2031-11.10", "2031-11.2", "2031-10", "2031-09")] == [
        "2031-11.10",
        "2031-11.2",
        "2031-11",
        "2031-09",
        None,
    ]


@pytest.mark.parametrize("name", ["draft", "2031-13", "2031-11.1", "2031-11.", "../2031-11", "2031-11\n", "２０３１-11"])
def test_number_of_another_form_is_refused(name):
    assert not is_number(name)
    with pytest.raises(BadNumber, match="expected the year and month"):
        number_order(name)
