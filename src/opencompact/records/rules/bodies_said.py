"""Whose file it is where no column says so: by the titles above its header, its folders and its name, through vocabularies, never by guess."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opencompact.records.rules.headers import header_key
from opencompact.records.rules.plan import Found

# Words of folders and files that name no body.
_NOBODY = re.compile(
    r"\b(\d+|q[1-4]|jan\w*|feb\w*|mar(ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|spend(ing)?|payments?|expenditure|transparency|suppliers?|over|"
    r"invoices?|card|raw|data|csv|pdf|xlsx?|ods|tsv|txt|zip|report|final|copy|of|the|to|and|k|gbp|files?|downloads?|input|in)\b"
)

_OF_BODY = re.compile(r"\b(council|nhs|ccg|icb|authority|department|ministry|agency)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """The body a file says it is of: its id, the words it was taken from, and whether a vocabulary knows them."""

    body: str
    written: str
    where: str
    is_known: bool


def said_body(found: Found) -> Said:
    """The body of the whole file: known where a title holds a name of `body-names`, or a folder or the file's name one of `body-files`; else a slug."""
    names = {_plain(str(term["name"])): str(term["slug"]) for term in found.vocabularies["body-names"].terms if len(str(term["name"])) > 5}
    folders, stem = _steps(found.file_name)
    for where, texts in (("a title above its header", found.titles), ("its folder", folders), ("its name", [stem])):
        for text in texts:
            inside = [name for name in names if f" {name} " in f" {_plain(text)} "]
            if inside:
                longest = max(inside, key=len)
                return Said(names[longest], text, where, True)
    for where, texts in (("its folder", folders), ("its name", [stem])):
        for text in texts:
            known = _listed(found, text)
            if known:
                return Said(known, text, where, True)
    title = next((text for text in found.titles if _OF_BODY.search(text) and len(text.split()) <= 8), "")
    return Said(_plain(title).replace(" ", "-"), title, "a title above its header", False) if title else _unknown(folders, stem)


def words_said(file_name: str, titles: Iterable[str], payers: Iterable[str] = ()) -> str:
    """Everything a file says of itself, as plain words between spaces."""
    folders, stem = _steps(file_name)
    return f" {_plain(' '.join([*titles, *folders, stem, *payers]))} "


def _unknown(folders: Sequence[str], stem: str) -> Said:
    for where, texts in (("its folder", folders), ("its name", [stem])):
        for text in texts:
            left = " ".join(_NOBODY.sub(" ", _plain(text)).split())
            if left:
                return Said(left.replace(" ", "-"), text, where, False)
    return Said("body-not-named", stem, "its name", False)


def _listed(found: Found, text: str) -> str:
    keys = {header_key(header) for header in found.headers}
    for term in found.vocabularies["body-files"].terms:
        needs = str(term.get("with_column", ""))
        plain = _plain(str(term["written"]))
        if f"{_plain(text)} ".startswith(f"{plain} ") and (not needs or header_key(needs) in keys):
            return str(term["body"])
    return ""


def _steps(file_name: str) -> tuple[list[str], str]:
    """The folders from the nearest up, and the name without its endings."""
    *folders, name = file_name.split("/")
    return [part for part in reversed(folders) if _plain(part)], re.sub(r"(\.[A-Za-z]{2,4})+$", "", name)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold().replace("&", " and ")).split())
