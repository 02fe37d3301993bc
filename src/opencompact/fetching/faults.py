"""What can be wrong with an answer, each kind with what to do, and how a body is judged before anything counts on it; pure but for the file judged."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import msgspec

FIXES: Mapping[str, str] = {
    "web_page": "The source answered with a web page. We ask again later; if it stays so, its address has moved.",
    "empty": "The source answered with nothing. We ask again later.",
    "cut_short": "The answer ends too early. We ask again later.",
    "broken_json": "The answer is no JSON. We ask again later; tell the publisher if it stays so.",
    "changed_type": "The source has changed its form. Its fetch.py must be taught the new one; nothing of this answer counts until then.",
    "outside_charset": "Bytes of the answer are no text in the encoding it names. Tell the publisher; nothing of this answer counts.",
    "other_charset": "Read as UTF-8, which it is. Tell the publisher that the answer names another encoding.",
    "repeated_page": "The source gave a page it had given before. We ask again later, and day by day.",
    "lost_next_link": "The source stopped before it had given all it counts. We ask again day by day.",
    "full_last_page": "The last page is full, so there may be another. We ask again day by day and by stage.",
    "other_host": "The address leads to another host. We do not follow it; look whether the source has moved.",
    "redirected": "The address has moved. Put the new one into the source's card or fetch.py.",
    "too_many_redirects": "The address leads round in a circle. Look it up anew.",
    "throttled": "The source asked us to slow down for longer than we wait in one run. Run it again later.",
    "unreachable": "The source could not be reached. Run it again; it continues where it stopped.",
    "refused": "The source says it does not have this, or may not give it. Look the address up.",
    "source_failed": "The source failed. Run it again; it continues where it stopped.",
    "too_large": "The answer is larger than this source's answers can be. Nothing of it was kept.",
    "not_held": "The source says the file has not changed, but it is not held any more. Ask for it again.",
}

# Faults after which the same address is worth asking again at once.
PASSING = frozenset({"web_page", "empty", "cut_short", "broken_json", "outside_charset", "repeated_page", "throttled", "unreachable", "source_failed"})


class Fault(msgspec.Struct, frozen=True):
    """What was wrong with one answer: its kind, what was found, and what to do."""

    kind: str
    found: str
    fix: str


class Unusable(ValueError):
    """A body of which nothing may be used; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.kind}: {fault.found}")
        self.fault = fault


def fault(kind: str, found: str) -> Fault:
    """The fault of that kind."""
    return Fault(kind, found[:300], FIXES[kind])


def read_json(body: bytes, *, charset: str) -> tuple[Any, Fault | None]:
    """The document of a body, and a fault where it is usable all the same; raises Unusable. `charset` is what the answer's header names, or ""."""
    if not body.strip():
        raise Unusable(fault("empty", f"{len(body)} bytes with nothing in them"))
    text, noted = _decoded(body, charset)
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        raise Unusable(fault("web_page", f"a page that begins {text[:60]!r}"))
    try:
        return json.loads(text), noted
    except json.JSONDecodeError as error:
        kind = "cut_short" if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated") else "broken_json"
        raise Unusable(fault(kind, f"{error.msg} at character {error.pos} of {len(text)}")) from error
    except RecursionError as error:
        raise Unusable(fault("broken_json", "lists within lists deeper than any record")) from error


def _decoded(body: bytes, charset: str) -> tuple[str, Fault | None]:
    """The text: UTF-8 wherever it is UTF-8 (RFC 8259, section 8.1), else the encoding named; `iso-8859-1` means windows-1252, as in browsers."""
    named = charset.strip().strip('"').lower()
    named = "cp1252" if named in ("iso-8859-1", "latin1", "us-ascii", "ascii") else named
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _as_named(body, named, error), None
    is_other = named not in ("", "utf-8", "utf8") and not text.isascii()
    return text, fault("other_charset", f"UTF-8, though the header names {charset}") if is_other else None


def _as_named(body: bytes, named: str, error: UnicodeDecodeError) -> str:
    try:
        if named not in ("", "utf-8", "utf8"):
            return body.decode(named)
    except (UnicodeDecodeError, LookupError):
        pass
    raise Unusable(fault("outside_charset", f"byte 0x{body[error.start]:02x} at place {error.start}, named {named or 'utf-8'}")) from error


def judge_file(path: Path, *, size: int) -> str:
    """The suffix its content deserves (`csv`, `json`, `xls`, `xlsx`, `ods`, `zip`); raises Unusable for an empty file, a web page or a cut archive."""
    with path.open("rb") as file:
        beginning = file.read(1024)
    if not beginning.strip():
        raise Unusable(fault("empty", f"{size} bytes with nothing in them"))
    start = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:15].lower().startswith((b"<!doctype html", b"<html", b"<head")):
        raise Unusable(fault("web_page", f"a page that begins {start[:60].decode('utf-8', 'replace')!r}"))
    if beginning.startswith(b"PK"):
        return _archive(path)
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    return "json" if start[:1] in (b"{", b"[") else "csv"


def _archive(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except BadZipFile as error:
        raise Unusable(fault("cut_short", f"an archive that cannot be opened: {error}")) from error
    return "xlsx" if any(name.startswith("xl/") for name in names) else "ods" if "mimetype" in names else "zip"
