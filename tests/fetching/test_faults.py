import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.fetching.faults import FIXES, PASSING, Unusable, fault, judge_file, read_json

TRUE = json.dumps({"releases": [{"id": "000001-2031", "title": "Sample “notice”"}], "links": {"next": "https://sample.example/"}}).encode()


SUFFIXES = ("csv", "json", "xls", "xlsx", "ods", "zip")


def kind_of(read):
    """The kind of fault reading ends in or notes; "" for none. Anything but a fault is an error."""
    try:
        noted = read()
    except Unusable as refusal:
        return refusal.fault.kind
    return noted.kind if noted else ""


def test_every_passing_fault_has_a_fix():
    assert set(PASSING) - set(FIXES) == set()


def test_what_was_found_is_told_in_bounds():
    assert len(fault("web_page", "x" * 1000).found) == 300


def test_byte_order_mark_is_no_fault():
    assert read_json(b"\xef\xbb\xbf [1]", charset='"UTF-8"') == ([1], None)


@pytest.mark.parametrize(
    ("body", "kind"), [(b"\n ", "empty"), (b" <p>", "web_page"), (b'{"a": "b', "cut_short"), (b'{"a": 1', "cut_short"), (b'{"a" 1}', "broken_json")]
)
def test_body_of_no_use_is_named(body, kind):
    with pytest.raises(Unusable, match=f"^{kind}: "):
        read_json(body, charset="")


@given(place=st.integers(0, len(TRUE) - 1), byte=st.integers(0, 255), charset=st.sampled_from(["", "utf-8", "iso-8859-1", "utf-16", "x"]), cut=st.booleans())
def test_mutated_body_is_a_document_or_a_fault(place, byte, charset, cut):
    body = TRUE[:place] if cut else TRUE[:place] + bytes([byte]) + TRUE[place + 1 :]
    assert kind_of(lambda: read_json(body, charset=charset)[1]) in {"", *FIXES}


@given(content=st.binary(max_size=60), start=st.sampled_from([b"", b"PK\x03\x04", b"<html", b"\xef\xbb\xbf", b"{", b"\xd0\xcf\x11\xe0"]))
def test_any_file_has_a_suffix_or_a_fault(content, start, tmp_path_factory):
    path = tmp_path_factory.mktemp("file") / "x"
    path.write_bytes(start + content)
    assert kind_of(lambda: judge_file(path, size=len(content)) not in SUFFIXES) in ("", "empty", "web_page", "cut_short")
