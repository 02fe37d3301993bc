"""Money to voluntary organisations by their size: what cannot be summed from parts, counted once."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="money_bands",
    title="Money by size of organisation",
    description="What all public bodies together paid, granted and awarded to voluntary organisations, by size band of the accounts of the day of each row.",
    visibility="public",
    key=("record", "size_band"),
    columns=(
        Column("record", "VARCHAR", "Kind of money.", required=True, words=("payments", "grants", "contracts")),
        Column("size_band", "VARCHAR", "Band of yearly income, from the vocabulary `size-bands`; `not_held` where no accounts of the day are.", required=True),
        Column("organisations", "BIGINT", "Organisations; one that grew stands in each band it was in.", required=True),
        Column("rows", "BIGINT", "Rows.", unit="rows", required=True),
        Column("amount", "DECIMAL(18,2)", "Their sum, net of credits.", unit="GBP", required=True),
        Column("median", "DECIMAL(18,2)", "Median row.", unit="GBP"),
    ),
)
