import io
import struct
import zipfile

import openpyxl
import pytest
from tests.records.runs import PAYMENTS, payment, read, rows, states

from opencompact.records.actions.decoding import CannotRead, archives, is_archive, member_bytes, members, refuse_archive
from opencompact.records.actions.reading import find_inputs

GOOD = PAYMENTS + payment("2031-07-01", "SAMPLE TRUST", "10.00")


def packed(path, files, *, method=zipfile.ZIP_DEFLATED):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refusal(ask, *given):
    with pytest.raises(CannotRead) as caught:
        ask(*given)
    return caught.value.kind


def locked(path, files):
    """A zip whose first file says it is locked with a password: a bit of its header and of the list."""
    content = bytearray(packed(path, files).read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    return path


def test_files_in_a_zip_are_inputs_of_their_own_and_read(tmp_path):
    files = {"2031/07.csv": GOOD, "2031/08.csv": GOOD.replace("07-01", "08-01"), "__MACOSX/2031/._07.csv": "x", "2031/": "", "note.txt": "nothing"}
    packed(tmp_path / "in/spend.zip", files)
    given = find_inputs([tmp_path / "in"])
    assert [(item.name, item.member) for item in given] == [
        ("in/spend.zip/2031/07.csv", "2031/07.csv"),
        ("in/spend.zip/2031/08.csv", "2031/08.csv"),
        ("in/spend.zip/note.txt", "note.txt"),
    ]
    assert [item.size for item in given] == [len(GOOD), len(GOOD), 7]
    lake = read(tmp_path, [tmp_path / "in"])
    assert states(lake) == {"in/spend.zip/2031/07.csv": "read", "in/spend.zip/2031/08.csv": "read", "in/spend.zip/note.txt": "unused"}
    assert rows(lake, "SELECT source_file, source_row FROM payment_lines ORDER BY ALL") == [
        {"source_file": "in/spend.zip/2031/07.csv", "source_row": 2},
        {"source_file": "in/spend.zip/2031/08.csv", "source_row": 2},
    ]


def test_zip_by_any_name_is_one_and_a_workbook_is_none(tmp_path):
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    assert is_archive(packed(tmp_path / "spend.csv", {"a.csv": GOOD}))
    assert not is_archive(tmp_path / "book.xlsx")
    assert not is_archive(tmp_path)
    assert not is_archive(tmp_path / "gone.zip")


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_zip_cut_short_is_refused_and_other_files_are_read(tmp_path, share):
    path = packed(tmp_path / "in/spend.zip", {"a.csv": GOOD * 50, "b.csv": GOOD})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    (tmp_path / "in/c.csv").write_text(GOOD)
    lake = read(tmp_path, [tmp_path / "in"])
    assert states(lake) == {"in/spend.zip": "refused", "in/c.csv": "read"}
    assert refusal(members, path) == "broken_zip"


def test_locked_file_is_refused_and_the_others_of_its_zip_are_read(tmp_path):
    locked(tmp_path / "in/spend.zip", {"a.csv": GOOD, "b.csv": GOOD.replace("07-01", "08-01")})
    lake = read(tmp_path, [tmp_path / "in"])
    assert states(lake) == {"in/spend.zip/a.csv": "refused", "in/spend.zip/b.csv": "read"}
    assert refusal(member_bytes, tmp_path / "in/spend.zip", "a.csv") == "locked"


def test_damaged_file_is_refused(tmp_path):
    path = packed(tmp_path / "spend.zip", {"a.csv": GOOD * 50}, method=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"SAMPLE TRUST", b"SIMPLE TRUST", 1))
    assert refusal(member_bytes, path, "a.csv") == "broken_zip"
    assert refusal(member_bytes, path, "gone.csv") == "broken_zip"
    assert refusal(member_bytes, tmp_path / "gone.zip", "a.csv") == "unreadable_file"
    assert refusal(members, tmp_path / "gone.zip") == "unreadable_file"


def test_file_packed_in_an_unknown_way_is_refused(tmp_path):
    path = packed(tmp_path / "spend.zip", {"a.csv": GOOD})
    content = bytearray(path.read_bytes())
    content[8:10] = content[content.index(b"PK\x01\x02") + 10 : content.index(b"PK\x01\x02") + 12] = struct.pack("<H", 97)
    path.write_bytes(content)
    assert refusal(member_bytes, path, "a.csv") == "broken_zip"


def test_bomb_is_refused_by_what_it_would_unpack_to(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "SURELY_SMALL", 2**20)
    packed(tmp_path / "in/bomb.zip", {"a.csv": b"\0" * 2**21})
    assert refusal(members, tmp_path / "in/bomb.zip") == "zip_bomb"
    assert refusal(member_bytes, tmp_path / "in/bomb.zip", "a.csv") == "zip_bomb"
    lake = read(tmp_path, [tmp_path / "in"])
    assert states(lake) == {"in/bomb.zip": "refused"}
    assert rows(lake, "SELECT kind FROM problems") == [{"kind": "zip_bomb"}]


def test_zip_with_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_MEMBERS", 1)
    assert refusal(members, packed(tmp_path / "spend.zip", {"a": "", "b": ""})) == "zip_bomb"


def test_zip_with_no_file_is_refused(tmp_path):
    path = packed(tmp_path / "in/spend.zip", {"folder/": "", "__MACOSX/x": "x"})
    assert refusal(refuse_archive, path) == "empty_file"
    assert states(read(tmp_path, [tmp_path / "in"])) == {"in/spend.zip": "refused"}


def test_zip_in_a_zip_is_told(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.csv", GOOD)
    packed(tmp_path / "in/spend.zip", {"more.zip": held.getvalue()})
    assert states(read(tmp_path, [tmp_path / "in"])) == {"in/spend.zip/more.zip": "refused"}


def test_rows_of_a_zip_that_can_no_longer_be_opened_stand_on(tmp_path):
    path = packed(tmp_path / "in/spend.zip", {"a.csv": GOOD})
    read(tmp_path, [tmp_path / "in"])
    path.write_bytes(path.read_bytes()[:40])
    lake = read(tmp_path, [tmp_path / "in"])
    assert states(lake) == {"in/spend.zip/a.csv": "refused"}
    assert rows(lake, "SELECT amount::INTEGER AS amount FROM payment_lines") == [{"amount": 10}]
