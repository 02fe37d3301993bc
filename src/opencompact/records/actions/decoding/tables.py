"""The tables of a file: one of a text, one of each sheet of a workbook, whatever the file's name says."""

from pathlib import PurePath

from opencompact.records.actions.decoding.columns import Sheet
from opencompact.records.actions.decoding.content import DELIMITERS, CannotRead, Content, Notice
from opencompact.records.actions.decoding.text import TextSheet
from opencompact.records.actions.decoding.workbooks import book_sheets

WORKBOOKS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
_ZIP, _OLD_BOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGES = (b"<!doctype html", b"<html", b"<head", b'<?xml version="1.0" encoding="utf-8"?><!doctype html')


def is_pdf(content: Content) -> bool:
    """Whether the bytes are those of a PDF."""
    return content[:1024].lstrip().startswith(b"%PDF-")


def is_page(content: Content) -> bool:
    """Whether the bytes are those of a web page."""
    return content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGES)


def is_workbook(content: Content) -> bool:
    """Whether the bytes are those of a workbook, or of a zip, which holds one."""
    return content[:4] == _ZIP or content[:8] == _OLD_BOOK


def sheets(path: PurePath, content: Content) -> list[Sheet]:
    """Every table of the file; raises CannotRead. What it is, its bytes say; a name that says otherwise is told."""
    suffix = path.suffix.lower()
    if not content:
        raise CannotRead("a file of no bytes", "a file with rows; fetch it again", kind="empty_file")
    if is_workbook(content):
        found = book_sheets(content)
        for sheet in found[:1] if suffix in DELIMITERS else ():
            sheet.notices.append(_misnamed(f"a workbook named {suffix}"))
        return found
    text = TextSheet(content, delimiter=DELIMITERS.get(suffix, ","))
    if suffix in WORKBOOKS:
        text.notices.append(_misnamed(f"text named {suffix}"))
    return [text]


def _misnamed(found: str) -> Notice:
    return Notice(None, "", found, "a name that says what the file is", "wrong_extension", "kept", "Name the file for what it is.")
