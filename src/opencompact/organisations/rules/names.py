"""When two names are the same: the naming rules, applied in Python and as SQL from one list."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from string import ascii_lowercase, ascii_uppercase

from opencompact.values.sql import quoted

Terms = Iterable[Mapping[str, object]]


@dataclass(frozen=True)
class Step:
    """Whatever `pattern` finds becomes `becomes`."""

    pattern: str
    becomes: str


@dataclass(frozen=True)
class Guard:
    """When a name alone is not enough: `of` is the pattern of the org-ids meant, empty for all; `because` says why."""

    pattern: str
    of: str
    because: str


@dataclass(frozen=True)
class NameRules:
    """The rules of the vocabulary `name-rules` in order: `letters` pairs each letter with its plain one."""

    letters: tuple[str, str]
    spell: tuple[Step, ...]
    cut: tuple[Step, ...]
    never: tuple[Guard, ...]
    only: tuple[Guard, ...]
    twin: tuple[Guard, ...]

    @cached_property
    def plain_letters(self) -> Mapping[int, int]:
        """Each letter's plain one, by their numbers."""
        return str.maketrans(*self.letters)


def name_rules(terms: Terms) -> NameRules:
    """The rules from the terms of the vocabulary `name-rules`."""
    held = [{key: str(value) for key, value in term.items()} for term in terms]

    def steps(use: str) -> tuple[Step, ...]:
        return tuple(Step(term["pattern"], term["becomes"]) for term in held if term["use"] == use)

    def guards(use: str) -> tuple[Guard, ...]:
        return tuple(Guard(term["pattern"], term["of"], term["because"]) for term in held if term["use"] == use)

    letters = steps("letters")
    pairs = ("".join(step.pattern for step in letters), "".join(step.becomes for step in letters))
    return NameRules(pairs, steps("spell"), steps("cut"), guards("never"), guards("only"), guards("twin"))


def spelled(name: str, rules: NameRules) -> str:
    """The plain spelling of a name: capitals, no accents, no punctuation, one blank between words; what words are looked for in."""
    return _applied(name.translate(rules.plain_letters), rules.spell)


def normalised(name: str, rules: NameRules) -> str:
    """What names are compared by: the plain spelling without a leading THE, a legal form or a registered number at the end. May be empty."""
    return _applied(spelled(name, rules), rules.cut)


def spelled_sql(column: str, rules: NameRules) -> str:
    """SQL of `spelled` for an SQL expression; null where that is null."""
    text = _lettered_sql(column, rules)
    if not rules.spell:
        return text
    found = quoted("|".join(f"(?:{step.pattern})" for step in rules.spell))
    return f"CASE WHEN regexp_matches({text}, {found}) THEN {_applied_sql(text, rules.spell)} ELSE {text} END"  # a look costs a tenth of a replacement


def normalised_sql(column: str, rules: NameRules) -> str:
    """SQL of `normalised` for an SQL expression; null where that is null."""
    return _applied_sql(spelled_sql(column, rules), rules.cut)


def cut_sql(spelling: str, rules: NameRules) -> str:
    """SQL of `normalised` from an SQL expression that is already the plain spelling."""
    return _applied_sql(spelling, rules.cut)


def has_words_sql(spelling: str, patterns: Iterable[str]) -> str:
    """SQL of whether a plain spelling has any of the patterns as whole words; false where none are given."""
    held = [pattern for pattern in patterns if pattern]
    return f"regexp_matches({spelling}, {quoted('|'.join(whole_words(pattern) for pattern in held))})" if held else "false"


def whole_words(pattern: str) -> str:
    """The pattern held to word ends, each side of a `|` apart."""
    return rf"\b(?:{pattern})\b"


def _applied(text: str, steps: tuple[Step, ...]) -> str:
    for step in steps:
        # RE2 counts only ASCII letters as word letters; so must Python.
        text = re.sub(step.pattern, step.becomes, text, flags=re.ASCII)
    return text


def _lettered_sql(column: str, rules: NameRules) -> str:
    """The text with each letter's plain one; of a text in ASCII, where that means capitals alone, by the function that costs a tenth."""
    letters, plain = rules.letters
    if not letters:
        return column
    text = f"translate({column}, {quoted(letters)}, {quoted(plain)})"
    in_ascii = [(letter, other) for letter, other in zip(letters, plain, strict=True) if letter.isascii()]
    capitals = sorted(zip(ascii_lowercase, ascii_uppercase, strict=True))
    return f"CASE WHEN strlen({column}) = length({column}) THEN upper({column}) ELSE {text} END" if sorted(in_ascii) == capitals else text


def _applied_sql(text: str, steps: tuple[Step, ...]) -> str:
    for step in steps:
        text = f"regexp_replace({text}, {quoted(step.pattern)}, {quoted(step.becomes)}, 'g')"
    return text
