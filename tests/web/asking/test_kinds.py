"""The kinds of ask are found in the rooms' own folders, each with questions that can be written to a page and a sheet."""

import pytest

from opencompact.asking.models import Ask
from opencompact.web.asking.kinds import kinds
from opencompact.web.audit import history
from opencompact.web.convening import asked as convening
from opencompact.web.judgement import asked as judgement
from opencompact.web.promises import asked as promises


def test_every_room_that_asks_is_found_and_no_two_use_one_word() -> None:
    rooms = (convening.KINDS, judgement.KINDS, promises.KINDS)
    words = [word for room in rooms for word in room]
    assert sorted(kinds()) == sorted([*words, "sign_off"])
    assert len(set(words)) == len(words)
    assert not hasattr(history, "KINDS")


def test_kinds_are_gathered_once() -> None:
    assert kinds() is kinds()


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["sign_off", "update"])
def test_kind_of_a_question_about_nothing_fills_nothing_in(word: str) -> None:
    nothing = Ask(body="nobody", kind=word, subject="nothing/2031-01-01", title="x")
    kind = kinds()[word]
    names = [question.name for question in kind.questions(nothing)]
    assert (dict(kind.known(nothing)), tuple(kind.read_first(nothing)), len(set(names)) == len(names) > 1) == ({}, (), True)
