"""The columns of a table of payments: which is which, in the words of the vocabulary `payment-headers` or of the card."""

from dataclasses import dataclass, field

from opencompact.records.rules.headers import HEADERLESS, Column, column_at, named_columns, names_of, with_looks
from opencompact.records.rules.plan import NOTHING, Found

FIELDS = {
    "body": "paying body",
    "unit": "part of the body",
    "paid_on": "date of payment",
    "payee_name": "payee",
    "amount": "amount",
    "vat": "VAT that cannot be had back",
    "effective_on": "end of the period",
    "transaction_ref": "transaction number",
    "payee_code": "number of the payee",
    "purpose": "purpose",
    "is_card": "payment by card",
    "company_number": "company number",
    "charity_number": "charity number",
}


@dataclass(frozen=True)
class Columns:
    """The columns a file's fields are read from."""

    found: Found
    taken: dict[str, Column]
    _texts: dict[str, list[str]] = field(default_factory=dict)

    def sql(self, name: str) -> str | None:
        """The field's column of the trimmed rows, null when empty; None where the file has none."""
        column = self.taken.get(name)
        return f"t{column.place}" if column and column.place not in self.found.blank else None

    @property
    def cells(self) -> list[str]:
        """Every column that holds anything, as it stands."""
        return [f"c{place}" for place in range(len(self.found.headers)) if place not in self.found.blank]

    def trimmed(self, *also: int) -> str:
        """The rows with each cell of a field trimmed once, as t0, t1…: trimming in every sum over a cell would cost most of the reading."""
        places = sorted({column.place for column in self.taken.values()} - self.found.blank | set(also))
        return f"SELECT *{''.join(f', {self.found.cell(place)} AS t{place}' for place in places)} FROM raw"

    def header(self, field: str) -> str:
        """The header of the field as the file writes it, else what the field is called."""
        column = self.taken.get(field)
        return (column.header or column.named) if column else FIELDS[field]

    def values(self, field: str) -> list[str]:
        """The different texts of the field's column; none where it has no column."""
        if field not in self._texts:
            column = self.taken.get(field)
            self._texts[field] = [stripped for text in self.found.values(column.place) if text and (stripped := text.strip())] if column else []
        return self._texts[field]


def payment_columns(found: Found) -> Columns:
    """The columns by the names of the vocabulary `payment-headers`, or as the card's mapping has them, and the rest by their looks."""
    names = names_of(found.vocabularies["payment-headers"].terms)
    taken = named_columns(found.headers, names)
    if found.card.mapping:
        places = {field: column_at(found.headers, header) for field, header in found.card.mapping.items() if field in FIELDS}
        taken = {field: Column(field, at, found.headers[at], "its card says so") for field, at in places.items() if at is not None}
    else:
        headerless = not any(header.strip() for header in found.headers)
        taken = with_looks(taken, found.headers, found.values, wanted=HEADERLESS if headerless else ("paid_on", "amount", "payee_name"))
    found.used.update(column.header for column in taken.values())
    return Columns(found, taken)


def one_line(column: str | None) -> str:
    """Text on one line: cells of tables taken out of a PDF break in the middle of a name."""
    return f"CASE WHEN contains({column}, chr(10)) THEN regexp_replace({column}, '\\s+', ' ', 'g') ELSE {column} END" if column else NOTHING
