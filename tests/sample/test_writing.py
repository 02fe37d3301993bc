"""Files as publishers write them."""

import json

from opencompact.sample.writing import ListFile, TableFile, write_json


def test_table_numbers_rows_from_the_header_on(tmp_path):
    with TableFile(tmp_path / "in" / "a.csv", ("x", "y")) as table:
        numbers = [table.write(("1\n2", "b")), table.blank_line(), table.write(("c", 'd"'))]
    assert numbers == [2, 3, 4]
    assert (tmp_path / "in" / "a.csv").read_bytes() == b'x,y\n"1\n2",b\n\nc,"d"""\n'


def test_table_keeps_encoding_mark_and_line_end(tmp_path):
    for name, encoding in (("a", "cp1252"), ("b", "utf-8-sig")):
        with TableFile(tmp_path / name, ("£",), encoding=encoding, line_end="\r\n") as table:
            table.blank_line()
    assert (tmp_path / "a").read_bytes() == b"\xa3\r\n\r\n"
    assert (tmp_path / "b").read_bytes() == b"\xef\xbb\xbf\xc2\xa3\r\n\r\n"


def test_list_is_a_document_with_what_stands_before_and_after(tmp_path):
    with ListFile(tmp_path / "in" / "a.json", "releases", before={"uri": "u"}, after={"links": {"next": "n"}}) as items:
        assert [items.write({"id": 1}), items.write({"id": 2})] == [1, 2]
    assert json.loads((tmp_path / "in" / "a.json").read_text()) == {"uri": "u", "releases": [{"id": 1}, {"id": 2}], "links": {"next": "n"}}


def test_list_may_be_empty(tmp_path):
    with ListFile(tmp_path / "a.json", "grants"):
        pass
    assert json.loads((tmp_path / "a.json").read_text()) == {"grants": []}


def test_an_infinite_number_is_written_as_the_feed_wrote_it(tmp_path):
    with ListFile(tmp_path / "a.json", "releases") as items:
        items.write({"amount": float("inf")})
    assert '{"amount": 1e9999}' in (tmp_path / "a.json").read_text()


def test_json_keeps_its_letters(tmp_path):
    write_json(tmp_path / "in" / "a.json", {"name": "Café"})
    assert (tmp_path / "in" / "a.json").read_text(encoding="utf-8") == '{\n "name": "Café"\n}\n'
