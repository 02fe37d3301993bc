"""Yearly accounts of organisations: the income of a financial year, its size band, and the days it stands for."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="organisation_accounts",
    title="Yearly accounts of organisations",
    description="Of each organisation somebody was identified as, the income of every financial year held. No day is in two rows of one organisation.",
    visibility="public",
    key=("organisation_id", "from_on"),
    columns=(
        Column("organisation_id", "VARCHAR", "Org-id.", required=True, privacy="organisation"),
        Column("from_on", "DATE", "First day the accounts stand for: of the financial year, or the day after the accounts before it ended.", required=True),
        Column("to_on", "DATE", "Last day of the financial year.", required=True),
        Column("income", "DECIMAL(18,2)", "Income of the financial year.", unit="GBP", required=True),
        Column("size_band", "VARCHAR", "Band of that income, from the vocabulary `size-bands`.", required=True),
        *ORIGIN,
    ),
)
