import json
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.records.actions.decoding import CannotRead, are_lines, document, documents, read_lines, stored, stored_lines, table_of_records

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


def refusal(ask, *given):
    with pytest.raises(CannotRead) as caught:
        ask(*given)
    return caught.value.kind, caught.value.found


def lines_of(content, *, without=()):
    lines = read_lines(content)
    held = pa.concat_tables(lines.tables(without=without)).to_pydict()
    assert not any(held.pop("told"))
    return held, lines


def told(lines):
    return [(notice.source_row, notice.kind, notice.consequence) for notice in lines.notices]


def test_good_lines_load_and_faulty_ones_are_told_with_their_number():
    table, lines = lines_of(b'\xef\xbb\xbf{"a": 1}\r\n\n{"a": \n{"a": "caf\xc3\xa9"}\nnull\n{"a": 2}')
    assert table == {"source_row": [1, 4, 5, 6], "record": ['{"a":1}', '{"a":"café"}', "null", '{"a":2}']}
    assert (lines.blank, told(lines)) == (1, [(3, "broken_json", "row_refused")])


def test_lines_of_other_encodings_are_read():
    assert lines_of('{"a": "café"}\n{"a": 2}'.encode("utf-16"))[0]["record"] == ['{"a":"café"}', '{"a":2}']
    assert lines_of('{"a": "café"}\n'.encode("cp1252"))[0]["record"] == ['{"a":"café"}']
    assert read_lines('{"a": 1}'.encode("utf-16")).encoding == "utf-16"


def test_numbers_out_of_reach_are_text_and_long_ones_whole():
    table, _ = lines_of(b'{"a": 1e9999, "b": NaN}\n{"a": 123456789012345678901234567890}\n')
    assert [json.loads(text) for text in table["record"]] == [{"a": "1e9999", "b": "NaN"}, {"a": 123456789012345678901234567890}]


def test_many_lines_are_read_in_batches(monkeypatch):
    monkeypatch.setattr(documents, "_BATCH", 2)
    monkeypatch.setattr(stored, "PORTION", 3)
    content = b'1\n"2"\n3\n\n"four"\n{\n5\n'
    held = {"source_row": [1, 2, 3, 5, 7], "record": ["1", '"2"', "3", '"four"', "5"]}
    assert lines_of(content)[0] == held
    monkeypatch.setattr(documents, "_AT_ONCE", 1)
    lines = read_lines(content)
    assert [table.num_rows for table in lines.tables()] == [2, 2, 1]
    assert (lines.blank, told(lines)) == (1, [(6, "broken_json", "row_refused")])


def test_lines_of_nothing_are_a_table_without_rows():
    assert [table.num_rows for table in read_lines(b"").tables()] == [0]


class Whole(msgspec.Struct):
    a: Any = msgspec.UNSET


class Plain(msgspec.Struct):
    a: str

    def told(self):
        return self.a, None


def test_records_that_fit_the_stricter_type_are_plain_and_tell_what_they_tell():
    records = [{"a": "x", "b": 1}, {"a": 1, "b": 1}, {"b": 1}]
    lines = read_lines("".join(json.dumps(each) + "\n" for each in records).encode())
    expected = {"source_row": [1, 2, 3], "record": ['{"a":"x"}', '{"a":1}', "{}"], "told": [["x", None], None, None]}
    assert next(lines.tables(record=Whole, plain=Plain)).to_pydict() == expected
    assert table_of_records(records, record=Whole, plain=Plain).to_pydict() == expected
    assert table_of_records(records, record=Whole).to_pydict()["told"] == [None] * 3


def test_large_file_of_lines_is_left_where_it_stands(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "LEAST_STORED", 5)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}\n{"a": 2}\n{"a": 3}')
    lines = read_lines(stored_lines(path), look=2)
    assert lines.first == [{"a": 1}, {"a": 2}]
    assert next(lines.tables()).to_pydict()["record"] == ['{"a":1}', '{"a":2}', '{"a":3}']


@pytest.mark.parametrize("content", [b'{"a"', b'{\n"a": 1}\n', '{"a": 1}\n{"a": 2}\n'.encode("utf-16"), b"1\n2\n"])
def test_file_that_is_small_or_of_another_form_is_to_be_held(tmp_path, monkeypatch, content):
    monkeypatch.setattr(documents, "LEAST_STORED", 5)
    (tmp_path / "a.jsonl").write_bytes(content)
    assert (stored_lines(tmp_path / "a.jsonl"), stored_lines(tmp_path / "gone.jsonl")) == (None, None)


def test_file_without_one_good_line_is_refused():
    assert refusal(read_lines, b'{"a": \n<html>\n')[0] == "broken_json"
    assert read_lines(b"\n\n").first == []


def test_only_the_first_lines_are_read_to_know_a_file():
    assert read_lines(b"1\n2\n3\n", look=2).first == [1, 2]


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b'{"a": 1}\n{"a": 2}', True), (b'\n{"a": 1}\n\n{', True), (b'{"a": 1}\n', False), (b'{\n"a": 1}', False), (b"[1]\n[2]", False), (b"", False)],
)
def test_lines_are_told_from_a_document(content, expected):
    assert are_lines(content) is expected


def test_keys_left_out_are_left_out_at_any_depth():
    record = {"contactPoint": {"name": "x"}, "buyer": {"contactPoint": 1, "name": "y"}, "parties": [{"contactPoint": [1], "id": [{"contactPoint": 2}]}]}
    expected = {"buyer": {"name": "y"}, "parties": [{"id": [{}]}]}
    assert json.loads(table_of_records([record], without=["contactPoint"])["record"][0].as_py()) == expected
    written = json.dumps(record).replace("contactPoint", "contact\\u0050oint").encode()
    assert json.loads(lines_of(written, without=["contactPoint"])[0]["record"][0]) == expected


@given(st.lists(VALUES, max_size=4))
def test_lines_and_documents_give_the_same_records(values):
    content = "".join(json.dumps(value) + "\n" for value in values).encode()
    whole = table_of_records(document(("[" + ",".join(content.decode().splitlines()) + "]").encode()))
    assert lines_of(content)[0]["record"] == whole.to_pydict()["record"]


@pytest.mark.parametrize(("depth", "expected"), [(300, 1), (5_000, "broken_json"), (200_000, "broken_json")])
def test_depth_is_read_or_refused_and_never_a_crash(depth, expected):
    content = b'{"a":' * depth + b"1" + b"}" * depth
    found = refusal(lines_of, content)[0] if isinstance(expected, str) else len(lines_of(content, without=["b"])[0]["record"])
    assert found == expected


@pytest.mark.parametrize("depth", range(960, 1_030, 7))
def test_depth_near_the_limit_is_refused_by_line(depth):
    content = b'{"a":' * depth + b"1" + b"}" * depth
    table, lines = lines_of(b"{}\n" + content, without=["b"])
    assert len(table["record"]) + len(lines.notices) == 2


def test_document_of_nothing_many_times_over_and_one_too_large_are_refused(monkeypatch):
    monkeypatch.setattr(documents, "MOST_VALUES", 1000)
    assert refusal(document, b"[" + b"{}," * 1000 + b"{}]") == ("too_large", "a JSON document of 2,002 values")
    monkeypatch.setattr(documents, "MOST_BYTES", 2**20)
    assert refusal(document, b'"' + b"x" * 2**20 + b'"') == ("too_large", "a JSON document of 1 MB")


def test_record_of_more_than_sixteen_megabytes_is_read():
    content = json.dumps({"a": "x" * (20 * 2**20)}).encode()
    assert [len(text) for text in lines_of(content + b"\n" + content)[0]["record"]] == [len(content) - 1] * 2
