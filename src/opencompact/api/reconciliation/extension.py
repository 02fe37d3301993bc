"""What can be fetched of an organisation once it is found: the public columns, and the address of its page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from opencompact.api.reconciliation.asked import BadQuery
from opencompact.api.reconciliation.entities import Named, bands, kind_name
from opencompact.organisations.queries.finding import Row

Value = dict[str, Any]


@dataclass(frozen=True)
class Property:
    """A property by its id: what it is called, what it says, and how it is read of an organisation, empty where it is missing."""

    id: str
    name: str
    meaning: str
    read: Callable[[Row], object] | None = None

    @property
    def told(self) -> Named:
        """As a list of properties shows it."""
        return {"id": self.id, "name": self.name}


FETCHED = (
    Property("name", "Name", "Name on the register, else the commonest published one.", lambda row: row["name"]),
    Property("kind", "Kind", "Charity, CIO, CIC, society, company, public body or other.", lambda row: kind_name(row["kind"])),
    Property("is_voluntary", "Voluntary", "Whether it counts as a voluntary organisation: yes or no.", lambda row: row["is_voluntary"]),
    Property("size_band", "Size band", "Band of its yearly income; empty where no income is held.", lambda row: bands().get(row["size_band"])),
    Property("income", "Income", "The yearly income the band rests on, in pounds.", lambda row: row["income"]),
    Property("income_year_ends_on", "Income year end", "Last day of that financial year.", lambda row: row["income_year_ends_on"]),
    Property("other_ids", "Other identifiers", "Its numbers on other registers, as org-ids.", lambda row: (row["other_ids"] or "").split(";")),
    Property("on_register", "On a register held", "Whether its entry is on a register held here: yes or no.", lambda row: row["on_register"]),
    Property("address", "Page", "Its page on this site.", lambda row: row["organisation_id"]),
)
ASKED_BY = (
    Property("postcode", "Postcode", "To find by: its first half is compared with that of the office on the register. It cannot be fetched."),
    Property("number", "Charity or company number", "To find by: a charity number, company number or org-id. Fetch `other_ids` instead."),
    Property("body", "Body that pays", "To find by: the body whose own vendor number or name it is, as its page here is called. It cannot be fetched."),
    Property("vendor", "Vendor number", "To find by: the body's own number for the payee, where a person settled it. It cannot be fetched."),
    Property("purpose", "What was paid for", "To find by: words of the payment, which may name the place. It cannot be fetched."),
)
PROPERTIES: Mapping[str, Property] = {each.id: each for each in (*FETCHED, *ASKED_BY)}


def extended(rows: Mapping[str, Row], ids: Sequence[str], wanted: Sequence[str], *, view: Callable[[str], str]) -> Named:
    """The answer: what was asked for, and for each organisation the values, none where there is none. Raises BadQuery. `view` gives an id's address."""
    if unknown := [name for name in wanted if name not in PROPERTIES]:
        raise BadQuery(f"extend.properties: found {', '.join(unknown)[:80]}; expected some of {', '.join(PROPERTIES)}.")
    held = [PROPERTIES[name] for name in wanted]
    return {"meta": [each.told for each in held], "rows": {each: {one.id: _values(one, rows.get(each), view) for one in held} for each in ids}}


def _values(one: Property, row: Row | None, view: Callable[[str], str]) -> list[Value]:
    if row is None or one.read is None:
        return []
    read = one.read(row)
    values = read if isinstance(read, list) else [view(str(read)) if one.id == "address" else read]
    return [_value(each) for each in values if each is not None and each != ""]


def _value(given: object) -> Value:
    if isinstance(given, bool):
        return {"str": "yes" if given else "no"}
    if isinstance(given, Decimal):
        return {"float": float(given)}
    return {"date": f"{given.isoformat()}T00:00:00Z"} if isinstance(given, date) else {"str": str(given)}
