"""The pictures of the pages of spending: bars from nought, the same parts in the same order everywhere."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from opencompact.records.queries.sums import UNIDENTIFIED
from opencompact.values.shares import between
from opencompact.web import words
from opencompact.web.labels import body_kinds
from opencompact.web.pictures.ink import Picture
from opencompact.web.pictures.money import APART, EVEN, IDENTIFIED, LENGTHS, ONE, SIZES, Sum, bars
from opencompact.web.records.presenters import MOST_YEARS, RECORDS, money_picture

Row = dict[str, Any]
TOP = 10
_LONGEST = 30  # letters of a name in a picture; the table has it whole


def drawn(
    record: str,
    *,
    whose: str,
    years: Sequence[Row],
    sizes: Sequence[Row],
    lengths: Sequence[Row],
    apart: Mapping[str, Sequence[Row]],
    held: Sequence[Row],
    stages: Sequence[Row],
) -> dict[str, Picture | None]:
    """Every picture of a page by its name; None where there is nothing to show."""
    return {
        "years": money_picture(record, years, key="years"),
        "sizes": by_size(sizes),
        "lengths": by_length(record, lengths),
        "apart": grants_and_contracts(apart),
        "recipients": most(held),
        "stages": by_stage(stages, whose=whose),
    }


def by_size(sizes: Sequence[Row]) -> Picture | None:
    """Money to voluntary organisations by the size of their year."""
    if not sizes:
        return None
    small, known = (sum((row[name] for row in sizes), Decimal(0)) for name in ("small", "large"))
    missing = sum((row["not_held"] for row in sizes), Decimal(0))
    part, held = between(small, known, Decimal(0)), between(small + known, Decimal(0), missing)
    title = (
        f"Size is held of {words.percent(held.least)} of the money; {words.percent(part.least)} of that went to those under £1 million"
        if part and held
        else "Of no recipient are the accounts of that year held"
    )
    sums = [Sum(row["year"], (row["small"], row["large"], row["not_held"]), f"size known of {words.percent(row['known'])}") for row in sizes[-MOST_YEARS:]]
    subtitle = "Money to voluntary organisations, by their income in the year they were paid. Hatched: no accounts of that year are held."
    return bars(sums, kinds=SIZES, key="sizes", title=title, subtitle=subtitle, key_at=EVEN)


def by_length(record: str, lengths: Sequence[Row]) -> Picture | None:
    """How many run over a year, by number: one long award would hide the others by pounds."""
    known = sum(row["known"] for row in lengths)
    if not known:
        return None
    several = sum(row["several_rows"] for row in lengths)
    sums = [
        Sum(row["year"], tuple(Decimal(row[f"{name}_rows"]) for name in ("several", "one", "not_held")), f"{row['several_rows']:,} of {row['known']:,}")
        for row in lengths[-MOST_YEARS:]
    ]
    title = f"{several:,} of {known:,} {record} whose length is known run over a year"
    return bars(sums, kinds=LENGTHS, key="lengths", title=title, subtitle=f"{RECORDS[record]} to voluntary organisations, by number.", key_at=EVEN, unit="")


def grants_and_contracts(apart: Mapping[str, Sequence[Row]]) -> Picture | None:
    """Grants above contracts, year by year, never added together."""
    held = sorted({row["began"] for rows in apart.values() for row in rows if row["began"] is not None})[-MOST_YEARS // 2 :]
    sums = []
    for began in held:
        for place, (kind, rows) in enumerate(apart.items()):
            row = next((row for row in rows if row["began"] == began), None)
            if row:
                amounts = [Decimal(0)] * len(apart)
                amounts[place] = row["voluntary"]
                sums.append(Sum(f"{row['year']} {kind}", tuple(amounts), words.money(row["voluntary"])))
    if not sums:
        return None
    title = "Grants and contracts to voluntary organisations"
    subtitle = f"Identified ones. By financial year of the award, the latest {len(held)}. The two are never added together."
    return bars(sums, kinds=APART, key="apart", title=title, subtitle=subtitle)


def most(held: Sequence[Row]) -> Picture | None:
    """The ten that got most."""
    sums = [Sum(_short(row["name"]), (row["amount"],), words.money(row["amount"])) for row in held[:TOP] if row["amount"] > 0]
    if not sums:
        return None
    title = f"The most went to {_short(held[0]['name'])}: {words.money(held[0]['amount'])}"
    subtitle = f"The {len(sums)} voluntary organisations with the largest net sums."
    return bars(sums, kinds=ONE, key="recipients", title=title, subtitle=subtitle, key_at=())


def by_stage(stages: Sequence[Row], *, whose: str) -> Picture | None:
    """How much of the money stands on each stage; what is not identified is hatched."""
    if not stages:
        return None
    total = sum((row["amount"] for row in stages), Decimal(0))
    none = sum((row["amount"] for row in stages if row["stage"] in UNIDENTIFIED), Decimal(0))
    parts = [("identified", IDENTIFIED[0][1]), ("not identified", IDENTIFIED[2][1])]
    sums = [
        Sum(
            words.link_stage(row["stage"]),
            (Decimal(0), row["amount"]) if row["stage"] in UNIDENTIFIED else (row["amount"], Decimal(0)),
            f"{words.money(row['amount'])}, {words.percent(float(row['share'] or 0))}",
        )
        for row in stages
    ]
    title = f"{words.money(total - none)} of {words.money(total)} went to payees that are identified"
    return bars(sums, kinds=parts, key="stages", title=title, subtitle=f"The money of {whose}, by how its payee was identified.", key_at=(0, 36))


def compared(kind: str, rows: Sequence[Row], *, record: str) -> Picture | None:
    """Each body as a whole bar, so that shares stand beside one another, with the months it rests on."""
    held = [row for row in rows if row["total"] > 0][:40]
    if not held:
        return None
    sums = [
        Sum(
            _short(row["name"]),
            (row["voluntary"], row["other"], row["unidentified"]),
            f"{words.percent(row['range'].least) if row['range'] else 'no share'}; {row['months']} of {row['between']} months",
        )
        for row in held
    ]
    title = f"{body_kinds(kind)}: what part of {record} is known to be voluntary"
    subtitle = "Each bar is one body’s whole. Hatched: payees nobody can identify, which may be voluntary. Months held stand beside it."
    return bars(sums, kinds=IDENTIFIED, key=f"compared-{kind}", title=title, subtitle=subtitle, is_whole=True)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
