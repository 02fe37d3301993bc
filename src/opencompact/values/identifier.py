"""Identifiers of organisations: reading charity numbers, company numbers and org-ids, in Python and as SQL, by one set of rules."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["clean", "repaired", "missing", "malformed"]
SCHEMES = ("GB-CHC", "GB-SC", "GB-NIC", "GB-COH")


@dataclass(frozen=True)
class Reading:
    """An identifier as read: `org_id` unless missing or malformed; `rule` names the repair, or says why there is none."""

    org_id: str | None
    state: State
    rule: str


@dataclass(frozen=True)
class _Step:
    """A certain repair: what `pattern` finds becomes `replacement`."""

    rule: str
    pattern: str
    replacement: str


# Written out, because Python and RE2 disagree on what \s means and which letters are lower case.
_BLANK = "[ \t\n\r\f\v\u00a0\u200b\ufeff]"
_LOWER, _UPPER = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_COMMON = (
    _Step("spaces", f"{_BLANK}+", ""),
    _Step("decimal part", r"^([0-9]+)\.0+$", r"\1"),
    _Step("thousands", r"^([0-9]{1,3})[.,]([0-9]{3})(?:[.,]([0-9]{3}))?$", r"\1\2\3"),
    _Step("dots", r"([A-Z])\.|\.$|^\.", r"\1"),
)
# One council's system wrote N/A for every nought inside a number. Blanks are still there at this point: "1136419 N/A" is two things.
_NOUGHTS = (_Step("N/A for nought", "N/A", "0"),)
_IS_NOUGHTS = r"^([0-9]|N/A)*[0-9]([0-9]|N/A)*$"
_CHARITY = (
    *_COMMON,
    _Step("number's name", r"^(GB-?)?(CHC|NIC)-?([0-9])", r"\2\3"),
    _Step("number's name", r"^CHC([0-9])", r"\1"),
    _Step("number's name", r"^NIC-?([0-9])", r"NIC\1"),
    _Step("letter O for nought", r"^SCO([0-9]{5})$", r"SC0\1"),
    _Step("linked charity", r"^([2-9][0-9]{5}|1[0-9]{6})-[0-9]{1,3}$", r"\1"),
)
_COMPANY = (
    *_COMMON,
    _Step("lost noughts", "^([0-9]{7})$", r"0\1"),
    _Step("lost noughts", "^([0-9]{6})$", r"00\1"),
)
_DECLARED = (
    *_COMMON,
    _Step("scheme's prefix", "^GB-SC-([0-9]{6})$", r"GB-SC-SC\1"),
    _Step("scheme's prefix", "^GB-NIC-NIC([0-9])", r"GB-NIC-\1"),
    _Step("wrong scheme", "^GB-(CHC|COH)-(SCO?[0-9]{5,6})$", r"GB-\1-\2"),
)

# Charity Commission numbers have six digits, the first of them 2 or above, or seven beginning with 1. Six digits beginning with 1 would be
# Northern Ireland's, but without its NIC they are as often a seven-digit number that lost a digit, so they are not certain.
_EW, _SCOTLAND, _NI = "[2-9][0-9]{5}|1[0-9]{6}", "SC[0-9]{6}", "1[0-9]{5}"
# Companies House prefixes: https://www.gov.uk/government/organisations/companies-house, "company number prefixes" in its data products.
_PREFIXES = "AC|BR|CE|CS|ES|FC|FE|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NR|NV|NZ|OC|OE|PC|RC|RS|SA|SC|SE|SF|SG|SI|SL|SO|SP|SR|SZ|ZC"
_COMPANIES = f"[0-9]{{8}}|(?:{_PREFIXES})[0-9]{{6}}|R0[0-9]{{6}}|(?:IP|NP|SP)(?:[0-9]{{5}}[A-Z]|[0-9]{{4}}[A-Z]{{2}})"
_JUNK = "^(?:" + "|".join(f"{digit}+" for digit in "123456789") + "|(?:00)?123456)$"
