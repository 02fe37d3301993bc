import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.api import cursors
from opencompact.api.parameters import BadParameters

MARK = ("c" * 64, "payments", [("body", "sample-office"), ("paid_from", "2031-07-16")])
TRUE = cursors.cursor(*MARK, 99)


def refused(text: str, checksum: str = MARK[0], slug: str = MARK[1], filters=MARK[2]) -> str:
    with pytest.raises(BadParameters) as refusal:
        cursors.place_of(text, checksum, slug, filters)
    return refusal.value.faults[0].found


def test_a_cursor_says_where_to_go_on():
    assert cursors.place_of(TRUE, *MARK) == 99


def test_the_same_place_has_the_same_cursor():
    assert cursors.cursor(*MARK, 99) == TRUE


def test_a_cursor_of_another_list_or_filter_is_refused():
    assert refused(TRUE, slug="grants") == refused(TRUE, filters=[]) == "the cursor of another list, or of other filters"


def test_a_cursor_of_a_draft_made_anew_is_refused():
    assert refused(TRUE, checksum="d" * 64) == "a cursor of another release, or of a draft that was made anew since"


@given(st.integers(0, len(TRUE) - 1), st.characters(codec="utf-8"))
def test_a_cursor_with_one_character_changed_is_refused(place, character):
    changed = TRUE[:place] + character + TRUE[place + 1 :]
    if changed != TRUE:
        assert refused(changed) == "a cursor that was not made here, or was changed"


@given(st.text())
def test_any_other_text_is_refused(text):
    assert refused(text) == "a cursor that was not made here, or was changed"
