"""Identifiers of organisations: reads charity numbers, company numbers and org-ids, in Python and as SQL, by one list of rules."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from opencompact.values.sql import quoted

State = Literal["clean", "repaired", "missing", "malformed"]


@dataclass(frozen=True)
class Reading:
    """What a published number was read as: no `org_id` when missing or malformed; `rule` names the repairs, or what was wrong."""

    org_id: str | None
    state: State
    rule: str


@dataclass(frozen=True)
class Step:
    """One rule: whatever `pattern` finds becomes `replacement`. Patterns are such as Python and RE2 read alike."""

    rule: str
    pattern: str
    replacement: str


# Written out, because Python and RE2 disagree on what \s and upper case are.
_BLANK = "[ \t\n\r\f\v\u00a0\u200b\ufeff]"
_LOWER, _UPPER = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FOUND = "id:"  # in lower case, so that no published text, put in capitals, can bear it

_SPACES = Step("spaces", f"{_BLANK}+", "")
_WRITTEN = (
    Step("decimal part", r"^([0-9]+)\.00?$", r"\1"),
    Step("thousands", r"^([0-9]{1,3})[.,]([0-9]{3})(?:[.,]([0-9]{3}))?$", r"\1\2\3"),
    Step("dots", r"([A-Z])[.-]|\.$|^\.", r"\1"),
)
_JUNK = Step("junk", "^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|123456)$", "")

# Charity Commission numbers have six digits, the first 2 or above, or seven beginning with 1. Six beginning with 1 could be Northern Ireland's,
# but without their NIC they are as often a seven-digit number that lost a digit, so they are not certain.
_EW = "[2-9][0-9]{5}|1[0-9]{6}"
_CHARITY = (
    _SPACES,
    Step("scheme written in", "^GB-CHC-", ""),
    Step("scheme written in", "^GB-SC-(SC)?([0-9O])", r"SC\2"),
    Step("scheme written in", "^GB-NIC-(NIC)?", "NIC"),
    *_WRITTEN,
    Step("letter O for nought", "^SCO([0-9]{5})$", r"SC0\1"),
    Step("linked charity", f"^({_EW})-[0-9]{{1,3}}$", r"\1"),
    _JUNK,
)
_CHARITY_FORMS = (
    Step("", f"^({_EW})$", rf"{_FOUND}GB-CHC-\1"),
    Step("", "^(SC[0-9]{6})$", rf"{_FOUND}GB-SC-\1"),
    Step("", "^NIC(1[0-9]{5})$", rf"{_FOUND}GB-NIC-\1"),
)
_COMPANY = (
    _SPACES,
    Step("scheme written in", "^GB-COH-", ""),
    *_WRITTEN,
    _JUNK,
    Step("lost noughts", "^([0-9]{7})$", r"0\1"),
    Step("lost noughts", "^([0-9]{6})$", r"00\1"),
)
# Two letters and six digits with the letters Companies House gives out, and the older forms of societies and Northern Ireland.
_PREFIXES = "AC|BR|CE|CS|ES|FC|FE|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NR|NV|NZ|OC|OE|PC|RC|RS|SA|SC|SE|SF|SG|SI|SL|SO|SP|SR|SZ|ZC"
_COMPANY_FORMS = (
    _JUNK,
    Step("", f"^([0-9]{{8}}|(?:{_PREFIXES})[0-9]{{6}}|R0[0-9]{{6}}|(?:IP|NP|SP)(?:[0-9]{{5}}[A-Z]|[0-9]{{4}}[A-Z]{{2}}))$", rf"{_FOUND}GB-COH-\1"),
)

# Lists of https://org-id.guide that hold organisations alone, never a person's number.
_OTHER_LISTS = "^GB-(GOR-[A-Z]{1,2}[0-9]+|LAE-[A-Z]{3,4}|LAS-[A-Z]{3}|LANI-[A-Z]{3}|PLA-[A-Z]{3}|EDU-[0-9]{6}|MPR-[A-Z0-9]+|SHPE-[A-Z0-9]+)$"
# Another register's number in org-id form, or the funder's own identifier, as the 360Giving standard allows
OTHER_SCHEMES = "^(360G-.+|GB-(GOR|REV|LAE|LAS|NHS|UKPRN|EDU|MPR|CASC)-.+|[A-FH-Z][A-Z]-[A-Z]+-.+|XI-[A-Z]+-.+)$"
_IS_CHARITY, _IS_COMPANY, _IS_OWN = "^GB-(CHC|SC|NIC)-", "^GB-COH-", "^360G-."
_SCHEME_ALONE = "^gb-(chc|sc|nic|coh)-?"
_NOTHING = r"^0*(\.0+)?$"
_NOUGHTS = "^([0-9]|N/A)*[0-9]([0-9]|N/A)*$"


# Most numbers stand as their register writes them. SQL looks for those first, by one pattern, and spares them the long road that comes to the same.
_PLAIN_CHARITY = f"^({_EW}|SC[0-9]{{6}}|NIC1[0-9]{{5}})$"
_PLAIN_COMPANY = f"^([0-9]{{8}}|(?:{_PREFIXES})[0-9]{{6}})$"
_PLAIN_ORG_ID = f"^GB-(CHC-({_EW})|SC-SC[0-9]{{6}}|NIC-1[0-9]{{5}}|COH-([0-9]{{8}}|(?:{_PREFIXES})[0-9]{{6}}))$"
_NOT_PLAIN = "(^|-)(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$"


def read_charity_number(text: str | None, missing_words: Iterable[str] = ()) -> Reading:
    """The org-id of a charity number as written in a column for them: England and Wales, Scotland (SC), Northern Ireland (NIC)."""
    return _read(text, missing_words, _CHARITY, _CHARITY_FORMS)


def read_company_number(text: str | None, missing_words: Iterable[str] = ()) -> Reading:
    """The org-id of a company number; `CE012345` is a charitable incorporated organisation's, `IP12345R` a society's."""
    return _read(text, missing_words, _COMPANY, _COMPANY_FORMS)


def read_org_id(text: str | None, missing_words: Iterable[str] = ()) -> Reading:
    """The org-id declared, put right where certain. A publisher's own identifier (`360G-…`) is of no register, so missing."""
    if _is_missing(text, missing_words):
        return Reading(None, "missing", "nothing given")
    given = str(text).strip(_BLANK[1:-1])
    squashed, _ = _applied(_upper(given), (_SPACES,))
    if re.search(_IS_OWN, squashed):
        return Reading(None, "missing", "the publisher's own identifier")
    if re.search(_OTHER_LISTS, squashed):
        org_id, rule = squashed, "spaces or capitals"
    else:
        company = re.search(_IS_COMPANY, squashed)
        charity = re.search(_IS_CHARITY, squashed)
        reading = read_company_number(given) if company else read_charity_number(given) if charity else Reading(None, "malformed", "not an org-id")
        if reading.org_id is None:
            return reading
        org_id, rule = reading.org_id, _without_scheme(reading.rule) or "wrong scheme or capitals"
    return Reading(org_id, "clean", "as written") if org_id == given else Reading(org_id, "repaired", rule)


def charity_org_id_sql(column: str, missing_words: Iterable[str] = ()) -> str:
    """SQL of what `read_charity_number` gives as org-id for the text of an SQL expression; null where none."""
    plain = f"CASE left({column}, 1) WHEN 'S' THEN 'GB-SC-' || {column} WHEN 'N' THEN 'GB-NIC-' || substr({column}, 4) ELSE 'GB-CHC-' || {column} END"
    return _plain_first(column, _PLAIN_CHARITY, missing_words, plain, _CHARITY_READING, "org_id")


def charity_state_sql(column: str, missing_words: Iterable[str] = ()) -> str:
    """SQL of what `read_charity_number` gives as state."""
    return _plain_first(column, _PLAIN_CHARITY, missing_words, "'clean'", _CHARITY_READING, "state")


def company_org_id_sql(column: str, missing_words: Iterable[str] = ()) -> str:
    """SQL of what `read_company_number` gives as org-id."""
    return _plain_first(column, _PLAIN_COMPANY, missing_words, f"'GB-COH-' || {column}", _COMPANY_READING, "org_id")


def company_state_sql(column: str, missing_words: Iterable[str] = ()) -> str:
    """SQL of what `read_company_number` gives as state."""
    return _plain_first(column, _PLAIN_COMPANY, missing_words, "'clean'", _COMPANY_READING, "state")


def declared_org_id_sql(column: str, missing_words: Iterable[str] = ()) -> str:
    """SQL of what `read_org_id` gives as org-id."""
    return _plain_first(column, _PLAIN_ORG_ID, missing_words, column, _DECLARED_READING, "org_id")


def declared_state_sql(column: str, missing_words: Iterable[str] = ()) -> str:
    """SQL of what `read_org_id` gives as state."""
    return _plain_first(column, _PLAIN_ORG_ID, missing_words, "'clean'", _DECLARED_READING, "state")


def _plain_first(column: str, pattern: str, missing_words: Iterable[str], plain: str, reading: str, part: str) -> str:
    """`plain` for numbers as their register writes them, else that part of the reading; that alone where a word for nothing looks like a number."""
    words = tuple(missing_words)
    if any(character.isdigit() for word in words for character in word):
        return f"({_reading_sql(f'[{column}]', words, reading)}).{part}"
    is_plain = f"regexp_matches({column}, {quoted(pattern)}) AND NOT regexp_matches({column}, {quoted(_NOT_PLAIN)})"
    return f"CASE WHEN {is_plain} THEN {plain} ELSE ({_reading_sql(f'CASE WHEN {is_plain} THEN [] ELSE [{column}] END', words, reading)}).{part} END"


def _reading_sql(listed: str, missing_words: Iterable[str], reading: str) -> str:
    """The struct {org_id, state} of a list of one text, null of an empty one.

    By lambdas, step by step: DuckDB makes whatever stands twice in a sum for every row before any CASE is asked, and so the long road of the plain ones.
    """
    blanks = f"regexp_replace(text, {quoted(_BLANK + '+')}, ' ', 'g')"
    bare = f"regexp_replace(translate(trim({blanks}, ' '), '{_UPPER}', '{_LOWER}'), {quoted(_SCHEME_ALONE)}, '')"
    words = ", ".join(sorted({quoted(_folded(word)) for word in missing_words} | {"''"}))
    is_missing = f"coalesce(regexp_matches(a.bare, {quoted(_NOTHING)}) OR a.bare IN ({words}), true)"
    steps = (
        ("text", f"{{'given': trim(text, {quoted(_BLANK[1:-1])}), 'bare': {bare}}}"),
        ("a", f"{{'given': a.given, 'is_missing': {is_missing}, 'capitals': {_upper_sql('a.given')}}}"),
        ("b", f"{{'given': b.given, 'is_missing': b.is_missing, {reading}}}"),
        ("c", f"{{'org_id': CASE WHEN NOT c.is_missing THEN c.found END, 'state': {_STATE}}}"),
    )
    for name, made in steps:
        listed = f"list_transform({listed}, lambda {name}: {made})"
    return f"{listed}[1]"


def _read(text: str | None, missing_words: Iterable[str], steps: tuple[Step, ...], forms: tuple[Step, ...]) -> Reading:
    if _is_missing(text, missing_words):
        return Reading(None, "missing", "nothing given")
    given = str(text).strip(_BLANK[1:-1])
    capitals = _upper(given)
    as_written, _ = _applied(capitals, (_JUNK, *forms))
    if as_written.startswith(_FOUND) and capitals == given:
        return Reading(as_written.removeprefix(_FOUND), "clean", "as written")
    rules = ["capitals"] if capitals != given else []
    if re.search(_NOUGHTS, capitals) and "N/A" in capitals:
        capitals, rules = capitals.replace("N/A", "0"), ["N/A for nought"]
    read, applied = _applied(capitals, (*steps, *forms))
    if not read.startswith(_FOUND):
        return Reading(None, "malformed", "junk" if "junk" in applied else "not a number of this register")
    return Reading(read.removeprefix(_FOUND), "repaired", ", ".join([*rules, *applied]))


def _applied(text: str, steps: tuple[Step, ...]) -> tuple[str, list[str]]:
    rules: list[str] = []
    for step in steps:
        before, text = text, re.sub(step.pattern, step.replacement, text)
        if text != before and step.rule and step.rule not in rules:
            rules.append(step.rule)
    return text, rules


def _is_missing(text: str | None, missing_words: Iterable[str]) -> bool:
    if text is None:
        return True
    bare = re.sub(_SCHEME_ALONE, "", _folded(text))
    return bool(re.search(_NOTHING, bare)) or bare in {_folded(word) for word in missing_words}


def _folded(text: str) -> str:
    return re.sub(f"{_BLANK}+", " ", text).strip(" ").translate(str.maketrans(_UPPER, _LOWER))


def _upper(text: str) -> str:
    return text.translate(str.maketrans(_LOWER, _UPPER))


def _without_scheme(rule: str) -> str:
    return ", ".join(name for name in rule.split(", ") if name != "scheme written in")


def _found_sql(text: str, steps: tuple[Step, ...]) -> str:
    for step in steps:
        text = f"regexp_replace({text}, {quoted(step.pattern)}, {quoted(step.replacement)}, 'g')"
    return f"nullif(regexp_extract({text}, '^{_FOUND}(.*)$', 1), '')"


def _upper_sql(text: str) -> str:
    return f"translate({text}, '{_LOWER}', '{_UPPER}')"


def _number_sql(steps: tuple[Step, ...], forms: tuple[Step, ...]) -> str:
    """The org-id of a number by these rules, from `capitals`."""
    noughts = f"CASE WHEN regexp_matches(b.capitals, {quoted(_NOUGHTS)}) THEN replace(b.capitals, 'N/A', '0') ELSE b.capitals END"
    return _found_sql(noughts, (*steps, *forms))


def _number_reading(steps: tuple[Step, ...], forms: tuple[Step, ...]) -> str:
    """What of a number is found, and whether it stands as its register writes it."""
    is_clean = f"b.capitals = b.given AND {_found_sql('b.capitals', (_JUNK, *forms))} IS NOT NULL"
    return f"'found': {_number_sql(steps, forms)}, 'is_clean': {is_clean}, 'is_own': false"


_SQUASHED = f"regexp_replace(b.capitals, {quoted(_SPACES.pattern)}, '', 'g')"
_DECLARED = (
    f"CASE WHEN regexp_matches({_SQUASHED}, {quoted(_OTHER_LISTS)}) THEN {_SQUASHED} "
    f"WHEN regexp_matches({_SQUASHED}, {quoted(_IS_COMPANY)}) THEN {_number_sql(_COMPANY, _COMPANY_FORMS)} "
    f"WHEN regexp_matches({_SQUASHED}, {quoted(_IS_CHARITY)}) THEN {_number_sql(_CHARITY, _CHARITY_FORMS)} END"
)
_CHARITY_READING, _COMPANY_READING = _number_reading(_CHARITY, _CHARITY_FORMS), _number_reading(_COMPANY, _COMPANY_FORMS)
_DECLARED_READING = f"'found': {_DECLARED}, 'is_clean': NULL, 'is_own': regexp_matches({_SQUASHED}, {quoted(_IS_OWN)})"
# An org-id declared is clean where it is as given; a number, where it needed no repair.
_STATE = """CASE WHEN c.is_missing OR c.is_own THEN 'missing' WHEN c.is_clean THEN 'clean' WHEN c.found IS NULL THEN 'malformed'
  WHEN c.is_clean IS NULL AND c.found = c.given THEN 'clean' ELSE 'repaired' END"""
