"""What people decided about a payee, looked up as the build heeds it: a body's own vendor number, then a name as that body uses it, then a name of any body."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opencompact.organisations.rules.decisions import NONE_OF_THESE, NOT_VOLUNTARY, UNDONE, Settlement, payee_key

SAID = {NOT_VOLUNTARY: " that it is no voluntary organisation", NONE_OF_THESE: " that it is none of those on the registers"}


@dataclass(frozen=True)
class Decided:
    """A decision: the organisation it names, or none, and what was decided in words; the reason, which may name people, is not among them."""

    organisation: str
    said: str


@dataclass(frozen=True)
class Known:
    """What is known of a payee beside its name: whose its number is, the org-ids it may mean, and the body that pays it, with its vendor number there."""

    organisation: str = ""
    numbers: tuple[str, ...] = ()
    body: str = ""
    vendor: str = ""


@dataclass(frozen=True)
class Decisions:
    """Every decision in force, by body, vendor number, name as compared, and number published beside it."""

    of: Mapping[tuple[str, str, str, str], Decided] = field(default_factory=dict)

    def about(self, plain: str, known: Known) -> Decided | None:
        """The decision about a payee of this name as compared; None where there is none. A name with a number is another payee than one without."""
        numbers: Sequence[str] = known.numbers or ("",)
        own = [(known.body, known.vendor, "", ""), *((known.body, "", plain, number) for number in numbers)] if known.body else []
        keys = [key for key in (*own, *(("", "", plain, number) for number in numbers)) if any(key[1:3])]
        return next((self.of[key] for key in keys if key in self.of), None)


def decisions(rows: Iterable[Mapping[str, Any]]) -> Decisions:
    """The decisions of these rows; of two about one payee the later of the rows holds."""
    return Decisions({_key(row): Decided(row["organisation_id"] or "", row["said"]) for row in rows})


def in_force(rows: Iterable[tuple[str, Settlement]]) -> list[tuple[str, Settlement]]:
    """The decisions of a file that stand, each with its payee's name as compared: of two about one payee the later row, and none that was taken back."""
    held = {payee_key(settlement, plain): (plain, settlement) for plain, settlement in rows}
    return [(plain, settlement) for plain, settlement in held.values() if settlement.outcome != UNDONE]


def decisions_of(held: Iterable[tuple[str, Settlement]], *, file: str) -> Decisions:
    """Decisions in force, as they are looked up."""
    return decisions(
        {
            "body": settlement.body,
            "vendor_number": settlement.vendor_number,
            "normalised_name": plain,
            "published_org_id": settlement.published_org_id,
            "organisation_id": settlement.organisation_id,
            "said": f"A person decided{SAID.get(settlement.outcome, '')}, as {file} says.",
        }
        for plain, settlement in held
    )


def _key(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    if row["vendor_number"]:
        return row["body"], row["vendor_number"], "", ""
    return row["body"], "", row["normalised_name"], row["published_org_id"]
