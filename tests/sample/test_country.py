"""The country's people and numbers: none twice, none that is issued."""

import random
import re

import pytest

from opencompact.sample import names
from opencompact.sample.country import BODIES, CHARITIES_A_SCALE, TWINS, england, settle

COUNTRY = settle(random.Random(1), scale=3)


def test_scale_multiplies_charities_alone():
    assert len(COUNTRY.charities) == 3 * CHARITIES_A_SCALE
    assert (len(COUNTRY.twins), len(COUNTRY.numbered_firms), len(COUNTRY.other_firms)) == (2 * TWINS, 150, 150)


def test_no_two_organisations_share_a_number():
    numbers = [charity.org_id for charity in (*COUNTRY.charities, *COUNTRY.twins)]
    companies = [charity.company_number for charity in COUNTRY.charities if charity.company_number] + [number for _, number in COUNTRY.numbered_firms]
    assert (len(set(numbers)), len(set(companies))) == (len(numbers), len(companies))


def test_numbers_are_well_formed_and_not_issued():
    pattern = r"GB-CHC-19\d{5}|GB-SC-SC098\d{3}|GB-NIC-198\d{3}"
    assert [charity.org_id for charity in (*COUNTRY.charities, *COUNTRY.twins) if not re.fullmatch(pattern, charity.org_id)] == []
    assert all(re.fullmatch(r"98\d{6}", number) for _, number in COUNTRY.numbered_firms)


def test_a_nation_that_is_full_takes_no_more():
    large = settle(random.Random(1), scale=30)
    assert sum(charity.org_id.startswith("GB-NIC-") for charity in large.charities) == 900
    assert sum(charity.org_id.startswith("GB-SC-") for charity in large.charities) == 900


def test_names_look_alike_only_between_twins():
    keys = [names.key(name) for charity in COUNTRY.charities for name in charity.names] + [names.key(body.name) for body in BODIES]
    twins = [names.key(twin.names[0]) for twin in COUNTRY.twins]
    assert len(set(keys)) == len(keys)
    assert sorted(twins.count(key) for key in set(twins)) == [2] * TWINS
    assert not set(keys) & set(twins)


@pytest.mark.parametrize(("place", "expected"), [(0, "GB-CHC-1900000"), (1, "GB-CHC-1907919"), (99_999, "GB-CHC-1992081"), (100_000, "GB-CHC-1800000")])
def test_england_numbers_step_through_a_block_then_the_one_below(place, expected):
    assert england(place) == expected


def test_england_numbers_never_repeat():
    assert len({england(place) for place in range(600_000)}) == 600_000


def test_slugs_and_keys_of_bodies_are_marked_as_invented():
    assert all(body.slug.startswith("sample-") and re.fullmatch(r"(D|EA|OT)98\d\d", body.key) for body in BODIES)


def test_successors_are_bodies():
    assert {slug for body in BODIES for slug in body.successors} <= {body.slug for body in BODIES}


def test_body_is_found_by_its_slug():
    assert COUNTRY.body("sample-borough-of-varrowmere").name == "Varrowmere Borough Council"
