from decimal import Decimal

from tests.web.pictures.drawn import drawn, marks, texts

from opencompact.web.pictures.money import IDENTIFIED, ONE, Sum, bars


def _bars(*sums: Sum):
    return bars(sums, kinds=IDENTIFIED, key="k", title="t", subtitle="s")


def _sum(*parts: int, name: str = "2030/31") -> Sum:
    return Sum(name, tuple(Decimal(part) for part in parts), "£1 of £2")


def _drawn_parts(picture) -> list[tuple[str, str]]:
    return [(each.get("fill"), each.get("width")) for each in marks(drawn(picture), "rect") if each.get("height") == "20" and each.get("fill") != "none"]


def test_bars_parts_keep_their_order_and_the_unidentified_is_hatched() -> None:
    assert _drawn_parts(_bars(_sum(1, 1, 2))) == [("#0b5d7a", "25.000%"), ("#93a1a9", "25.000%"), ("url(#hatch-k)", "50.000%")]


def test_bars_share_one_scale_from_nought() -> None:
    assert [width for _, width in _drawn_parts(_bars(_sum(4, 0, 0), _sum(1, 0, 0, name="2031/32")))] == ["100.000%", "25.000%"]


def test_bars_credit_on_balance_has_no_length() -> None:
    assert _drawn_parts(_bars(_sum(-5, 1, 0))) == [("#93a1a9", "100.000%")]


def test_bars_nothing_but_credits_is_an_empty_row() -> None:
    assert _drawn_parts(_bars(_sum(-5, 0, 0))) == []


def test_bars_say_each_row() -> None:
    picture = _bars(_sum(1, 1, 2))
    assert (picture.says, texts(drawn(picture))) == ("2030/31: £1 of £2.", ["voluntary", "other", "unidentified", "2030/31", "£1 of £2"])


def test_bars_of_nothing_say_so() -> None:
    assert _bars().says == "Nothing to show."


def test_bars_that_are_each_their_own_whole_are_of_one_length() -> None:
    picture = bars([_sum(4, 0, 0), _sum(1, 0, 1)], kinds=IDENTIFIED, key="k", title="t", subtitle="s", is_whole=True)
    assert [width for _, width in _drawn_parts(picture)] == ["100.000%", "50.000%", "50.000%"]


def test_bars_of_one_part_need_no_key_and_numbers_no_pound_sign() -> None:
    picture = bars([Sum("A", (Decimal(1234),), "said")], kinds=ONE, key="k", title="t", subtitle="s", key_at=(), unit="")
    assert texts(drawn(picture)) == ["A", "said"]
    assert "<title>A: 1,234</title>" in picture.svg
