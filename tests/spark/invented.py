"""A lake of invented rows drawn from the shapes of the tables: every word, missing values, pennies below nought, and odd months."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from opencompact.lake import Lake
from opencompact.registry import load_catalogue, load_shapes
from opencompact.shapes.shape import Column, Shape

ROWS = 400
BODIES = [f"sample-{name}" for name in ("office", "müseum", "Council", "trust", "ward")]
ORGANISATIONS = [f"GB-CHC-sample-{number}" for number in range(60)]
MONTHS = [f"{year}-{month:02}" for year in range(2030, 2034) for month in range(1, 13)]
# Columns whose words decide what an indicator counts, and which their shapes leave open.
WORDS: dict[str, Sequence[str]] = {
    "body": BODIES,
    "organisation_id": ORGANISATIONS,
    "month": MONTHS,
    "paid_in_month": [*MONTHS, "June", "2031", "2031-13"],
    "holidays": ["bank holiday Sample Day", "August; bank holiday Sample Day", "Easter", ""],
    "legal_basis": ["UKPGA 2023/54", "other"],
    "kind": ["funder", "charity", "local_authority"],
}
MISSING = 0.2


def invented_lake(folder: Path) -> Lake:
    """The lake, the same every time."""
    lake, chance = Lake(folder, load_shapes()), Random(2031)
    with lake.change() as change:
        for table in sorted({table for card in load_catalogue().indicators.values() for table in card.needs}):
            change.put_rows(table, rows(lake.shapes[table], chance))
    return lake


def rows(shape: Shape, chance: Random) -> list[dict[str, Any]]:
    """Rows of the shape, each key once."""
    drawn = ({column.name: value(column, place, chance) for column in shape.columns} for place in range(ROWS))
    return list({tuple(row[name] for name in shape.key): row for row in drawn}.values())


def value(column: Column, place: int, chance: Random) -> Any:
    """A value of the column's type, or none where there need not be one."""
    if not column.required and chance.random() < MISSING:
        return None
    if column.type == "VARCHAR":
        known = column.words or WORDS.get(column.name)
        return chance.choice(known) if known else f"sample-{place}"
    if column.name in ("source_row", "supplier_place"):
        return place
    return {
        "BIGINT": lambda: chance.randint(0, 120),
        "DOUBLE": lambda: chance.choice([11.5, 12.0, 12.49, 12.5, 36.0]),
        "DATE": lambda: date(2030, 1, 1) + timedelta(days=chance.randint(0, 1200)),
        "BOOLEAN": lambda: chance.random() < 0.5,
        "DECIMAL(18,2)": lambda: Decimal(chance.randint(-2_000_000, 300_000_000)) / 100,
    }[column.type]()
