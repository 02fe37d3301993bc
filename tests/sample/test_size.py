"""How large a country is, and how its publications are cut into files."""

from itertools import pairwise
from pathlib import PurePath

from hypothesis import given
from hypothesis import strategies as st

from opencompact.sample import names
from opencompact.sample.companies import COMPANIES_A_SCALE
from opencompact.sample.contracts import RELEASES
from opencompact.sample.country import CHARITIES_A_SCALE, TWINS, Charities
from opencompact.sample.grants import AWARDS, COMMUNITY, HALDENMARSH, PAIR
from opencompact.sample.schedule import spend_files
from opencompact.sample.size import NATIONAL, Size, parts, size_of


def test_a_number_multiplies_everything_alike():
    assert size_of(3) == Size(3, 3, 3, 3, 3, 3, 3)


def test_the_nation_is_as_large_as_it_says():
    size = size_of(NATIONAL)
    assert RELEASES * size.releases == 600_000
    assert COMPANIES_A_SCALE * size.companies == 5_500_000 < names.COMPANIES
    assert (AWARDS + COMMUNITY + PAIR + HALDENMARSH) * size.grants >= 1_500_000
    files = [part for plan in spend_files() for part in plan.in_parts(size.payments)]
    assert sum(file.rows for file in files) >= 10_001_000  # a few cannot be read
    assert (500 < len(files) < 3000, max(file.rows for file in files)) == (True, 20_000)
    charities = Charities(CHARITIES_A_SCALE * size.charities, 0)
    assert sum(len(charity.names) for charity in charities) + 2 * TWINS >= 400_000


@given(st.integers(1, 500), st.integers(1, 60))
def test_parts_hold_every_row_once_in_order(rows, most):
    found = list(parts(PurePath("2031-01.csv"), rows, most=most))
    assert (found[0][:2], sum(count for _, _, count in found)) == (("2031-01.csv", 0), rows)
    assert all(first + count == after and count == most for (_, first, count), (_, after, _) in pairwise(found))
    assert len({name for name, _, _ in found}) == len(found)


def test_parts_after_the_first_are_numbered():
    assert [name for name, _, _ in parts(PurePath("a.json"), 25, most=10)] == ["a.json", "a-part-02.json", "a-part-03.json"]
