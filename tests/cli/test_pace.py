"""How long is left, told from the rows read and from the pace so far."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.progress import Progress

from opencompact.cli._pace import Step, in_words, run_steps, seconds_left


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (59.9, "less than a minute"),
        (60, "about 1 minute"),
        (100, "about 2 minutes"),
        (89 * 60, "about 89 minutes"),
        (90 * 60, "about 2 hours"),
        (36_000, "about 10 hours"),
    ],
)
def test_time_left_is_told_in_words(seconds, words):
    assert in_words(seconds) == words


def test_before_the_first_step_what_is_left_is_what_is_expected():
    assert seconds_left([1, 2, 3], done=0, taken=0) == 6


@given(st.lists(st.floats(0.1, 1000), min_size=2, max_size=9), st.floats(0.1, 10), st.data())
def test_what_is_left_goes_by_the_pace_so_far(expected, pace, data):
    done = data.draw(st.integers(1, len(expected)))
    assert seconds_left(expected, done=done, taken=pace * sum(expected[:done])) == pytest.approx(pace * sum(expected[done:]))


def test_steps_run_in_order_and_tell_what_is_left():
    told, ticks = [], iter((0.0, 0.0, 20.0, 40.0))
    progress = Progress(disable=True)
    steps = [Step(name, lambda: told.append(progress.tasks[0].description), 1, a_million) for name, a_million in (("One", 9), ("Two", 0), ("Three", 90))]
    run_steps(steps, rows=1_000_000, once=lambda step: step.run(), progress=progress, clock=lambda: next(ticks))
    assert told == ["One, about 2 minutes left", "Two, about 3 minutes left", "Three, about 6 minutes left"]
    assert progress.tasks[0].completed == 3


def test_steps_with_other_effects_always_run():
    told = []
    steps = [Step("Tables", lambda: told.append("tables")), Step("Files", lambda: told.append("files"), always=True)]
    run_steps(steps, rows=0, once=lambda step: told.append(f"{step.title} kept"), progress=Progress(disable=True))
    assert told == ["Tables kept", "files"]
