from opencompact.web.pictures.ink import Picture
from opencompact.web.templatetags import plain


def test_badge_has_word_and_shape() -> None:
    assert plain.badge("cannot_tell") == (
        '<span class="verdict verdict-cannot-tell"><svg class="verdict-shape" width="20" height="20" aria-hidden="true">'
        '<use href="#v-cannot_tell"/></svg>Cannot tell</span>'
    )


def test_badge_of_no_verdict_is_empty() -> None:
    assert [plain.badge(None), plain.badge("<script>"), plain.shape("splendid")] == ["", "", ""]


def test_shape_is_hidden_from_readers_of_words() -> None:
    assert 'aria-hidden="true"' in plain.shape("met")


def test_symbols_are_five() -> None:
    assert plain.badge_symbols().count("<symbol") == 5


def test_proportions_take_missing_counts_as_none() -> None:
    assert plain.proportions({"met": 1, "unexplained": 3, "explained": None}).count("<rect") == 2


def test_svg_is_the_drawing() -> None:
    assert plain.svg(Picture("t", "s", "w", "<svg/>")) == "<svg/>"


def test_words_of_verdicts() -> None:
    assert [plain.verdict_word("met"), plain.verdict_word("not_held"), plain.verdict_meaning("met"), plain.verdict_meaning("x")] == [
        "Met",
        "Not held",
        "The record shows that the promise was kept.",
        "",
    ]


def test_plural_and_figure() -> None:
    assert [plain.plural(3, "body,bodies"), plain.figure(0.5, "share"), plain.drawing("<svg/>")] == ["3\u00a0bodies", "50\u00a0%", "<svg/>"]


def test_challenge_and_origin_escape_what_they_carry() -> None:
    assert plain.challenge("/spend/?a=b", "a&b.csv", 3) == "/challenge/?page=%2Fspend%2F%3Fa%3Db&file=a%26b.csv&row=3"
    assert plain.challenge("/spend/") == "/challenge/?page=%2Fspend%2F"
    assert plain.origin("a&b.csv", 3) == "/row/?file=a%26b.csv&row=3"
    assert plain.origin("a b.csv", None) == "/files/a%20b.csv/"
