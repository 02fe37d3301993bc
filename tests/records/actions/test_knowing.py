import pyarrow as pa

from opencompact.records.actions.reading import knowing


def test_different_texts_are_told_in_the_order_they_stand():
    assert knowing.different(pa.chunked_array([["b", "a"], ["b", ""]])) == ["b", "a", ""]


def test_of_very_many_texts_the_first_and_some_without_a_letter_are_told(monkeypatch):
    monkeypatch.setattr(knowing, "MOST_DIFFERENT", 5)
    texts = [f"a{place}" for place in range(7)] + ["######", "12", "b"]
    assert knowing.different(pa.chunked_array([texts])) == ["a0", "a1", "a2", "a3", "a4", "######"]


def test_first_rows_settle_what_is_told_of_a_column_whose_texts_all_differ(monkeypatch):
    monkeypatch.setattr(knowing, "MOST_DIFFERENT", 5)
    texts = [str(place) for place in range(40)]
    whole = knowing.different(pa.chunked_array([texts]))
    monkeypatch.setattr(knowing, "FIRST_ROWS", 8)
    assert knowing.different(pa.chunked_array([texts])) == whole == ["0", "1", "2", "3", "4", "5"]
    assert knowing.different(pa.chunked_array([["a", "b", "c", "d", "e", "f", "g", "h", "7"]])) == ["a", "b", "c", "d", "e", "7"]
    assert knowing.different(pa.chunked_array([["a"] * 9 + ["b"]])) == ["a", "b"]
