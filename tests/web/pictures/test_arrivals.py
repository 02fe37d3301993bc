from datetime import date

from tests.web.pictures.drawn import SVG, drawn, marks, texts

from opencompact.web.pictures.arrivals import STATES, last_days, sign, strips

DAYS = [date(2031, 7, number) for number in range(1, 6)]


def strip(states):
    return strips({"Sample feed": states}, DAYS, key="k", title="t", subtitle="s")


def test_states_look_different_without_their_colours() -> None:
    root = drawn(strip(dict(zip(DAYS, STATES, strict=False))))
    boxes = marks(root, "g")
    assert [each.find(f"{SVG}title").text for each in boxes] == [f"{day.day} July 2031: {words}" for day, words in zip(DAYS, STATES.values(), strict=False)]
    assert [(len(each.findall(f"{SVG}rect")), len(each.findall(f"{SVG}line"))) for each in boxes] == [(1, 0), (1, 2), (2, 0), (1, 0)]
    assert [each.find(f"{SVG}rect").get("fill") for each in boxes] == ["#0b5d7a", "#fff", "#fff", "url(#hatch-k)"]


def test_days_of_which_nothing_is_known_are_blank() -> None:
    assert len(marks(drawn(strip({DAYS[2]: "complete"})), "g")) == 1


def test_strip_has_the_source_and_the_first_and_last_day() -> None:
    assert texts(drawn(strip({}))) == ["Sample feed", "1 July 2031", "5 July 2031"]


def test_strip_says_how_many_of_each() -> None:
    assert strip({DAYS[0]: "complete", DAYS[1]: "complete", DAYS[2]: "gaps"}).says == "Sample feed: 2 days complete, 1 day with gaps."
    assert strips({}, [], key="k", title="t", subtitle="s").says == "Nothing to show."


def test_last_days_are_without_holes_and_end_with_the_latest() -> None:
    assert last_days([DAYS[0], DAYS[4]], 3) == DAYS[2:]
    assert last_days([DAYS[0], DAYS[4]], 30) == DAYS
    assert last_days([], 3) == []


def test_key_has_a_box_for_each_state() -> None:
    assert [(sign(state).title, "aria-hidden" in sign(state).svg) for state in STATES] == [(words, True) for words in STATES.values()]
