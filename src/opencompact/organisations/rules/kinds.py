"""What kind of organisation it is, whether it counts as voluntary, and which size band its income falls in, as SQL made from the vocabularies."""

from collections.abc import Iterable, Mapping

from opencompact.organisations.rules.names import NameRules, Terms, has_words_sql, spelled, whole_words
from opencompact.values.sql import quoted

NOT_HELD = "not_held"
CHARITIES = ("charity", "cio")
FIRM = "company"  # what the companies register says of its ordinary companies, which no word in a name outranks
PUBLIC_NAME = "A public body of this name is on the register of government organisations, so it is not counted as independent of government."
NEVER_CHARITIES = {"public_body": "A public body is not an independent charity.", "cic": "By law a community interest company cannot be a charity."}


def kind_sql(terms: Terms, rules: NameRules) -> str:
    """SQL of {kind, because, is_voluntary} over organisation_id, spelling, register_kind and has_public_name; the first of `organisation-kinds` that fits.

    A kind fits by the org-id's scheme, by the letters its number begins with, by what the register says, or by whole words of the name, but for a company
    that the register calls an ordinary one. A body that bears the name of a public body is not voluntary, whatever its kind.
    """
    whens = " ".join(_when(str(term["kind"]), bool(term["is_voluntary"]), _prefixes(term), _words(term["name_words"]), rules) for term in terms)
    return f"CASE {whens} ELSE {_answer('other', quoted('Nothing on record shows what it is.'), is_voluntary=False)} END"


def general_charity_sql(terms: Terms, rules: NameRules) -> str:
    """SQL of {is_general, because} over kind, spelling and has_public_name: a charity in no class of `general-charity-exclusions`; null where unknown."""
    charities = ", ".join(quoted(kind) for kind in CHARITIES)
    never = " ".join(f"WHEN kind = {quoted(kind)} THEN {_general('false', because)}" for kind, because in NEVER_CHARITIES.items())
    classes = " ".join(
        f"WHEN {has_words_sql('spelling', _spelled(_words(term['name_words']), rules))} THEN "
        + _general("false", f"Its name puts it among the {str(term['class']).replace('-', ' ')}. {term['because']}")
        for term in terms
    )
    unknown = _general("NULL", "No register held shows whether it is a charity.")
    otherwise = _general("true", "A charity whose name has no word of the classes left out; one of them under another name is missed.")
    public = _general("false", PUBLIC_NAME)
    return f"CASE WHEN has_public_name THEN {public} {never} WHEN kind NOT IN ({charities}) THEN {unknown} {classes} ELSE {otherwise} END"


def size_band_sql(income: str, terms: Terms) -> str:
    """SQL of the band of a yearly income in pounds; a band begins at its lower bound. `not_held` without an income."""
    whens = " ".join(_band(income, term["from"], term["below"], str(term["band"])) for term in terms)
    return f"CASE {whens} ELSE {quoted(NOT_HELD)} END"


def _band(income: str, least: object, below: object, band: str) -> str:
    under = "" if below is None else f" AND {income} < {below}"
    return f"WHEN {income} >= {least}{under} THEN {quoted(band)}"


def _when(kind: str, is_voluntary: bool, prefixes: list[str], words: list[str], rules: NameRules) -> str:
    by_id = " OR ".join([*(f"starts_with(organisation_id, {quoted(prefix)})" for prefix in prefixes), "false"])
    pattern = "|".join(whole_words(word) for word in _spelled(words, rules))
    named = f"regexp_extract(spelling, {quoted(pattern)})" if words else "''"
    says = f"'Its name says ' || {named} || '.'"
    return (
        f"WHEN {by_id} THEN {_answer(kind, quoted('The identifier is of a list of this kind.'), is_voluntary)} "
        f"WHEN register_kind = {quoted(kind)} THEN {_answer(kind, quoted('The register says so.'), is_voluntary)} "
        f"WHEN {named} <> '' AND register_kind IS DISTINCT FROM {quoted(FIRM)} THEN {_answer(kind, says, is_voluntary)}"
    )


def _answer(kind: str, because: str, is_voluntary: bool) -> str:
    told = f"{because} || CASE WHEN has_public_name THEN ' ' || {quoted(PUBLIC_NAME)} ELSE '' END" if is_voluntary else because
    return f"{{'kind': {quoted(kind)}, 'because': {told}, 'is_voluntary': {is_voluntary} AND NOT has_public_name}}"


def _general(is_general: str, because: str) -> str:
    return f"{{'is_general': CAST({is_general} AS BOOLEAN), 'because': {quoted(because)}}}"


def _prefixes(term: Mapping[str, object]) -> list[str]:
    return [*(f"{scheme}-" for scheme in _words(term["id_schemes"])), *_words(term["number_prefixes"])]


def _words(value: object) -> list[str]:
    return [str(word) for word in value] if isinstance(value, Iterable) and not isinstance(value, str) else []


def _spelled(words: list[str], rules: NameRules) -> list[str]:
    return sorted({spelled(word, rules) for word in words}, key=lambda word: (-len(word), word))
