"""The names a payee or a register entry goes by: the whole, what stands before and within brackets, after `t/a`, and without codes glued in front."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_SAID = re.compile(r"(?i)^(formerly|known as|also known as|trading as|t/a|working name)\s*:?\s*")
_BRACKET = re.compile(r"^(.*?)\s*\((.*?)\)\s*(.*)$")
_BOTH = tuple(re.compile(pattern) for pattern in (r"(?i)\s+t/?a\s+", r"(?i)\s+trading as\s+", r"(?i)\s+formerly\s+", r"\s+-\s+", r"(?i)(?<!\bT)\s*/\s*(?!A\b)"))
_COMMA = re.compile(r",\s+")
_CODES = (re.compile(r"^[A-Z]{0,3}\d{3,}\s*[-:/]?\s*"), re.compile(r"\b[A-Z]{0,4}\d{3,}[A-Z]?\b|\d{4,}[A-Z]?$"))
_CUT = (28, 36)  # letters at which systems cut a name off
_LEAST, _LEAST_PART = 3, 4
_MAY_HOLD_OTHERS = re.compile(r"[(/,]|\d{3}|\s-\s|(?i:\s(?:ta|trading as|formerly)\s)")  # without any of these a name is one, as most are


def names_of(name: str) -> tuple[str, ...]:
    """The name first, then the other names it holds, each once."""
    if not _MAY_HOLD_OTHERS.search(name):
        return (name.strip(),)
    found = [name, *_bracketed(name)]
    for separator in _BOTH:
        parts = separator.split(name, maxsplit=1)
        found += parts if len(parts) == 2 and min(map(len, parts)) >= _LEAST_PART else []
    before = _COMMA.split(name, maxsplit=1)
    found += before[:1] if len(before) == 2 and len(before[0]) >= _LEAST_PART else []
    without = [code.sub("", name) for code in _CODES]
    found += [each for each in without if len(each.strip()) > _LEAST_PART]
    return tuple(dict.fromkeys(each.strip() for each in found))


def uncoded(name: str) -> str:
    """The name without the codes glued to it; the name itself where nothing else is left."""
    bare = name
    for code in _CODES:
        bare = code.sub("", bare).strip() or bare
    return bare


def is_cut(name: str) -> bool:
    """Whether a payee's name has a length at which systems cut it off."""
    return _CUT[0] <= len(name) <= _CUT[1]


def uncut(name: str) -> tuple[str, ...]:
    """A name that may be cut off without its last word, which may be half a one."""
    words = name.split()
    return (" ".join(words[:-1]),) if is_cut(name) and len(words) > 2 else ()


def _bracketed(name: str) -> list[str]:
    held = _BRACKET.match(name)
    if held is None:
        return []
    outside, inside = f"{held[1]} {held[3]}".strip(), _SAID.sub("", held[2])
    return [each for each in (outside, inside) if len(each) >= _LEAST]


@dataclass(frozen=True)
class Spellings:
    """What short words stand for, and what several words together do."""

    words: Mapping[str, str]
    phrases: Mapping[str, str]
    any_phrase: re.Pattern[str]
    all_words: frozenset[str]  # the short words and the first words of phrases: a name without any of them stays as it is


def spellings(terms: Iterable[Mapping[str, Any]]) -> Spellings:
    """The terms of `name-abbreviations`."""
    held = {str(term["short"]): str(term["long"]) for term in terms}
    phrases = {short: long for short, long in held.items() if " " in short}
    words = {short: long for short, long in held.items() if " " not in short}
    any_phrase = re.compile(f"(?:^| )(?:{'|'.join(map(re.escape, phrases)) or '(?!)'})(?: |$)")
    return Spellings(words, phrases, any_phrase, frozenset([*words, *(phrase.split()[0] for phrase in phrases)]))


def written_out(normalised: str, known: Spellings) -> str:
    """A normalised name without a THE at its end, its short words written out and its phrases as the federation says them today."""
    words = normalised.split()
    if len(words) > 1 and words[-1] == "THE":
        words.pop()
    if known.all_words.isdisjoint(words):
        return " ".join(words)
    text = " ".join(known.words.get(word, word) for word in words)
    if known.any_phrase.search(text):
        for phrase, stands in known.phrases.items():
            text = f" {text} ".replace(f" {phrase} ", f" {stands} ").strip()
    return text


def initials(words: list[str], small: frozenset[str]) -> tuple[str, str]:
    """The acronyms of a name: of all its words, and of those that are not small (`of`, `and`)."""
    return "".join([word[0] for word in words]), "".join([word[0] for word in words if word not in small])
