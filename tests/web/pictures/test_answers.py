from tests.web.pictures.drawn import drawn, marks, texts

from opencompact.web.pictures.answers import Whole, of_the_whole


def _picture(*wholes: Whole):
    return of_the_whole(wholes, key="k", title="t", subtitle="s")


def test_answers_keep_their_order_and_the_unidentified_is_hatched() -> None:
    root = drawn(_picture(Whole("Rows", (0.5, 0.0, 0.25, 0.25), "8")))
    parts = [(each.get("fill"), each.get("x"), each.get("width")) for each in marks(root, "rect") if each.get("height") == "22" and each.get("fill") != "none"]
    assert parts == [("#0b5d7a", "0.000%", "50.000%"), ("#b3460b", "50.000%", "25.000%"), ("url(#hatch-k)", "75.000%", "25.000%")]


def test_answers_say_every_share() -> None:
    picture = _picture(Whole("Rows", (0.5, 0.0, 0.25, 0.25), "8"), Whole("Pounds", (1.0, 0.0, 0.0, 0.0), "£9"))
    assert (
        picture.says == "Rows: 50% voluntary, 0% other, 25% to review, 25% not identified; Pounds: 100% voluntary, 0% other, 0% to review, 0% not identified."
    )
    assert texts(drawn(picture)) == ["voluntary", "other", "to review", "not identified", "Rows", "8", "Pounds", "£9"]


def test_answers_of_nothing_say_so() -> None:
    assert _picture().says == "Nothing to show."
