from tests.web.pictures.drawn import SVG, drawn, marks, texts

from opencompact.web.pictures.months import grid


def _grid(states: dict[str, str]):
    return grid(states, key="k", title="t", subtitle="s")


def test_grid_states_look_different() -> None:
    root = drawn(_grid({"2031-01": "held", "2031-02": "not_held", "2031-03": "not_published"}))
    assert [(each.get("fill"), each.find(f"{SVG}title").text) for each in marks(root, "rect")] == [
        ("#0b5d7a", "2031-01: held"),
        ("url(#hatch-k)", "2031-02: not held"),
        ("#fff", "2031-03: not published"),
    ]
    assert len(marks(root, "line")) == 2


def test_grid_has_a_row_a_year() -> None:
    assert texts(drawn(_grid({"2030-12": "held", "2031-01": "held"})))[12:] == ["2030", "2031"]


def test_grid_says_how_many_of_each() -> None:
    assert [_grid({"2031-01": "held", "2031-02": "held", "2031-03": "not_held"}).says, _grid({}).says] == [
        "2 months held; 1 month not held.",
        "No month is held.",
    ]
