import pyarrow as pa

from opencompact.records.actions.reading import knowing


def test_different_texts_are_told_in_the_order_they_stand():
    assert knowing.different(pa.chunked_array([["b", "a"], ["b", ""]])) == ["b", "a", ""]


def test_of_very_many_texts_the_first_and_some_without_a_letter_are_told(monkeypatch):
    monkeypatch.setattr(knowing, "MOST_DIFFERENT", 5)
    texts = [f"a{place}" for place in range(7)] + ["######", "12", "b"]
    assert knowing.different(pa.chunked_array([texts])) == ["a0", "a1", "a2", "a3", "a4", "######"]
