"""The country's people and numbers: none twice, none that is issued."""

import random
import re

import pytest

from opencompact.sample import names
from opencompact.sample.country import BODIES, CHARITIES_A_SCALE, TWINS, england, settle
from opencompact.sample.grants import TRUST
from opencompact.sample.size import LARGEST

COUNTRY = settle(random.Random(1), charities=3 * CHARITIES_A_SCALE)


def test_charities_are_as_many_as_asked_for():
    assert len(COUNTRY.charities) == 3 * CHARITIES_A_SCALE
    assert (len(COUNTRY.twins), len(COUNTRY.numbered_firms), len(COUNTRY.other_firms)) == (2 * TWINS, 150, 150)


def test_no_two_organisations_share_a_number():
    numbers = [charity.org_id for charity in (*COUNTRY.charities, *COUNTRY.twins)]
    companies = [charity.company_number for charity in COUNTRY.charities if charity.company_number] + [number for _, number in COUNTRY.numbered_firms]
    companies += [number for firm in COUNTRY.other_firms for number in (firm.number, *firm.namesakes)]
    assert (len(set(numbers)), len(set(companies))) == (len(numbers), len(companies))


def test_numbers_are_well_formed_and_not_issued():
    pattern = r"GB-CHC-19\d{5}|GB-SC-SC098\d{3}|GB-NIC-198\d{3}"
    assert [charity.org_id for charity in (*COUNTRY.charities, *COUNTRY.twins) if not re.fullmatch(pattern, charity.org_id)] == []
    assert all(re.fullmatch(r"98\d{6}", number) for _, number in COUNTRY.numbered_firms)
    assert all(re.fullmatch(r"98\d{6}", number) for firm in COUNTRY.other_firms for number in (firm.number, *firm.namesakes))


def test_some_firms_share_their_name_with_a_company_that_is_dissolved_or_that_is_not():
    shared = [firm.is_one_of_several for firm in COUNTRY.other_firms if firm.namesakes]
    assert (shared.count(False), shared.count(True)) == (6, 3)


def test_a_nation_that_is_full_takes_no_more():
    large = settle(random.Random(1), charities=30 * CHARITIES_A_SCALE)
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


def test_a_charity_is_the_same_whenever_it_is_asked_for():
    assert list(COUNTRY.charities) == [COUNTRY.charities[place] for place in range(len(COUNTRY.charities))]
    assert settle(random.Random(1), charities=3 * CHARITIES_A_SCALE) == COUNTRY


def test_another_chance_gives_other_names():
    assert settle(random.Random(2), charities=20).charities[0].names != COUNTRY.charities[0].names


def test_nations_and_second_names_have_their_share():
    found = list(settle(random.Random(1), charities=5000).charities)
    assert sum(len(charity.names) == 2 for charity in found) == pytest.approx(500, rel=0.2)
    assert sum(charity.org_id.startswith("GB-SC-") for charity in found) == sum(charity.org_id.startswith("GB-NIC-") for charity in found) == 500


@pytest.mark.parametrize("place", [-1, 990])
def test_a_charity_beyond_the_last_is_none(place):
    with pytest.raises(IndexError):
        COUNTRY.charities[place]


def test_the_largest_country_leaves_the_funders_their_numbers():
    assert england(LARGEST * CHARITIES_A_SCALE + 2 * TWINS) > TRUST
    assert 2 * (LARGEST * CHARITIES_A_SCALE + TWINS) < names.NAMES


def test_slugs_and_keys_of_bodies_are_marked_as_invented():
    assert all(body.slug.startswith("sample-") and re.fullmatch(r"(D|EA|OT)98\d\d", body.key) for body in BODIES)


def test_successors_are_bodies():
    assert {slug for body in BODIES for slug in body.successors} <= {body.slug for body in BODIES}


def test_body_is_found_by_its_slug():
    assert COUNTRY.body("sample-borough-of-varrowmere").name == "Varrowmere Borough Council"
