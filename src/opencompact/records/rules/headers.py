"""Which column is which field: by the names publishers give their columns, and by what the values look like; with the reason of each."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Names = Mapping[str, Mapping[str, int]]  # by field, the keys of its headers with their place in the vocabulary
Values = Callable[[int], Sequence[str]]

LOOKED_AT = 500  # values of a column that are looked at
HEADERLESS = ("paid_on", "amount", "body", "payee_name", "transaction_ref")  # in the order they are told apart
MOSTLY = 0.8  # of its values that must look alike for a column to be taken by its looks

_DAY = re.compile(r"^(\d{1,4}[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ,]+\d{2,4}([ T]\d{1,2}:\d{2}(:\d{2})?)?|[A-Za-z]{3,9} \d{1,2}, ?\d{4}|#+)$")
_MONTH = re.compile(r"^(\d{4}[-/]\d{2}|[A-Za-z]{3,9}[- ]\d{2,4}|\d{2}/\d{4})$")
_AMOUNT = re.compile(r"^[-(]?£? ?-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\)?-?$")
_POSTCODE = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$", re.IGNORECASE)
_REFERENCE = re.compile(r"^[A-Za-z]{0,6}[-/]?\d[\dA-Za-z/-]{3,}$")
_PENNIES = re.compile(r"[.,£(]")
_WORDS = re.compile(r"[A-Za-z]{3,}")
_OF_BODY = re.compile(r"\b(nhs|ccg|council|icb|clinical commissioning group)\b", re.IGNORECASE)
_OF_FIRM = re.compile(r"\b(ltd|limited|plc|llp|cic|trust|council|nhs|services?|uk|company|association|charity|university|& ?co)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column of the file: the field it was taken for, its place from 0, its header as written, and why."""

    field: str
    place: int
    header: str
    because: str

    @property
    def named(self) -> str:
        """The column as people point to it: `column 3 'Ref.'`."""
        return f"column {self.place + 1}" + (f" '{self.header}'" if self.header else "")


def header_key(text: str) -> str:
    """What of a header is compared: its letters and digits; signs alone (`£`) as they are."""
    return re.sub(r"[^a-z0-9]", "", text.casefold()) or text.strip()


def names_of(terms: Iterable[Mapping[str, Any]]) -> Names:
    """The headers of each field, from the terms of a vocabulary of headers, in its order."""
    found: dict[str, dict[str, int]] = {}
    for place, term in enumerate(terms):
        found.setdefault(str(term["field"]), {}).setdefault(header_key(str(term["header"])), place)
    return found


def named_columns(headers: Sequence[str], names: Names) -> dict[str, Column]:
    """The column of each field by its header: where several fit, the one named first in the vocabulary, and of equals the first."""
    keys = [header_key(header) if header.strip() else "" for header in headers]
    found = {}
    for field, known in names.items():
        places = [place for place, key in enumerate(keys) if key in known]
        if places:
            place = min(places, key=lambda at: (known[keys[at]], at))
            found[field] = Column(field, place, headers[place], "its name is one that publishers give it")
    return found


def column_at(headers: Sequence[str], pointed: str) -> int | None:
    """The place of the column a card points to, by its header or as `column 3`; None where there is none."""
    keys = [header_key(header) if header.strip() else "" for header in headers]
    by_place = re.fullmatch(r"column (\d+)", pointed.strip())
    if header_key(pointed) in keys and pointed.strip():
        return keys.index(header_key(pointed))
    return int(by_place[1]) - 1 if by_place and 0 < int(by_place[1]) <= len(headers) else None


def with_looks(found: Mapping[str, Column], headers: Sequence[str], values: Values, *, wanted: Sequence[str]) -> dict[str, Column]:
    """The same columns, and for each wanted field without one the column left over whose values look like it."""
    taken = dict(found)
    for field in wanted:
        if field in taken:
            continue
        left = [place for place in range(len(headers)) if place not in {column.place for column in taken.values()}]
        scored = [(score, -place) for place in left if (score := LOOKS[field]([text for text in values(place) if text.strip()][:LOOKED_AT])) > 0]
        if scored:
            place = -max(scored)[1]
            taken[field] = Column(field, place, headers[place], f"its values look like {LIKE[field]}")
    return taken


def looks_like_table(rows: Sequence[Sequence[str]]) -> dict[str, Column] | None:
    """The columns of rows without a header, where a day, a payee and an amount can be told by their looks; None where not."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    whole = [row for row in rows if len(row) == width]
    found = with_looks({}, [""] * width, lambda place: [row[place] for row in whole], wanted=HEADERLESS)
    return found if len(whole) >= 3 and {"paid_on", "amount", "payee_name"} <= found.keys() else None


def days_look(values: Sequence[str]) -> float:
    """The share of values that look like a day or month, where most do; else nought."""
    return _mostly(_share(values, lambda text: _DAY.match(text) or _MONTH.match(text)))


def amounts_look(values: Sequence[str]) -> float:
    """The share of values that look like money, where most do and some have pence, thousands or a sign: numbers of equal length are references."""
    has_signs = any(_PENNIES.search(text) for text in values) or any(text.startswith("-") for text in values)
    return _mostly(_share(values, _AMOUNT.match)) if has_signs else 0.0


def names_look(values: Sequence[str]) -> float:
    """How much the values look like names of payees: words, the more different ones the better, and some with the words of firms and charities."""
    words = _share(values, _WORDS.search)
    if words < MOSTLY or not any(_OF_FIRM.search(text) for text in values):
        return 0.0
    different = len(set(values))
    return words * min(different, 100) / 100 + _share(values, _OF_FIRM.search) * min(different, 20) / 20


def bodies_look(values: Sequence[str]) -> float:
    """One where the values are a few names, each with the word of a public body; else nought."""
    return float(0 < len(set(values)) <= 3 and all(_OF_BODY.search(text) for text in values))


def references_look(values: Sequence[str]) -> float:
    """The share of values that look like references, where most do."""
    return _mostly(_share(values, _REFERENCE.match))


def postcodes_look(values: Sequence[str]) -> float:
    """The share of values that look like postcodes, where most do."""
    return _mostly(_share(values, _POSTCODE.match))


LOOKS: Mapping[str, Callable[[Sequence[str]], float]] = {
    "paid_on": days_look,
    "amount": amounts_look,
    "payee_name": names_look,
    "transaction_ref": references_look,
    "body": bodies_look,
    "postcode": postcodes_look,
}
LIKE = {
    "paid_on": "days",
    "amount": "amounts of money",
    "payee_name": "names of payees",
    "transaction_ref": "references",
    "body": "the name of a public body",
    "postcode": "postcodes",
}


def _share(values: Sequence[str], fits: Callable[[str], Any]) -> float:
    return sum(1 for text in values if fits(text.strip())) / len(values) if values else 0.0


def _mostly(share: float) -> float:
    return share if share >= MOSTLY else 0.0
