import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.convening.rules.draw import Candidate, Quota
from opencompact.convening.rules.draw_file import NotAPool, checksum, pool_file, read_pool_file, read_wanted, without_number

POOL = [
    Candidate("00000012", {"region": "wales", "role": "frontline"}, date(2030, 2, 3)),
    Candidate("00000002", {"size_band": "micro", "sub_sector": "d"}),
]
TEXT = "number,region,size_band,sub_sector,role,last_invited_on\n00000002,,micro,d,,\n00000012,wales,,,frontline,2030-02-03\n"
SLUG = st.text("abc-", max_size=5)


def test_pool_file_is_a_line_each_by_number() -> None:
    assert pool_file(POOL) == TEXT


def test_checksum_is_that_of_the_files_bytes() -> None:
    assert checksum(TEXT) == hashlib.sha256(TEXT.encode()).hexdigest()


@given(st.dictionaries(st.integers(1, 10**7), st.tuples(SLUG, SLUG, st.none() | st.dates())), st.randoms(use_true_random=False))
def test_pool_file_reads_back_as_it_was_whatever_the_order(people, random) -> None:
    pool = [
        Candidate(f"{pk:08}", {name: value for name, value in (("region", region), ("role", role)) if value}, last)
        for pk, (region, role, last) in sorted(people.items())
    ]
    assert read_pool_file(pool_file(random.sample(pool, len(pool)))) == pool


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Row 1: found nothing; expected number,"),
        ("name,region\n", "Row 1: found name,region; expected number,"),
        (TEXT + "00000013,wales\n", "Row 4: found 2 cells; expected 6, the first a number."),
        (TEXT + ",,,,,\n", "Row 4: found 6 cells; expected 6, the first a number."),
        (TEXT + "00000013,,,,,soon\n", "Row 4, last_invited_on: found 'soon'; expected a day such as 2031-09-30, or nothing."),
    ],
)
def test_read_pool_file_names_the_row_what_was_found_and_expected(text, said) -> None:
    with pytest.raises(NotAPool) as refusal:
        read_pool_file(text)
    assert str(refusal.value)[: len(said)] == said


def test_read_wanted_reads_quotas_as_they_stand() -> None:
    assert read_wanted("attribute,value,least,most,weight\nregion,wales,1,3,2\n") == (Quota("region", "wales", 1, 3, 2),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Row 1: found nothing; expected attribute,value,least,most,weight."),
        ("a,b\n", "Row 1: found a,b; expected attribute,value,least,most,weight."),
        ("attribute,value,least,most,weight\nregion,wales,1,3\n", "Row 2: found region,wales,1,3; expected"),
        ("attribute,value,least,most,weight\nregion,wales,1,many,1\n", "Row 2: found region,wales,1,many,1; expected"),
    ],
)
def test_read_wanted_names_the_row_what_was_found_and_expected(text, said) -> None:
    with pytest.raises(NotAPool) as refusal:
        read_wanted(text)
    assert str(refusal.value)[: len(said)] == said


def test_without_number_leaves_the_other_lines_as_they_are() -> None:
    assert without_number(TEXT, "00000002") == "number,region,size_band,sub_sector,role,last_invited_on\n00000012,wales,,,frontline,2030-02-03\n"
