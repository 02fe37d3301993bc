"""Income and spending of registered organisations, one row for each financial year a source tells."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="register_incomes",
    title="Income by financial year",
    description="What each registered organisation took in and spent in a financial year, as its register has it.",
    visibility="internal",
    columns=(
        Column("organisation_id", "VARCHAR", "Register entry in org-id form.", required=True, privacy="organisation"),
        Column("year_starts_on", "DATE", "First day of the financial year."),
        Column("year_ends_on", "DATE", "Last day of the financial year.", required=True),
        Column("income", "DECIMAL(18,2)", "Income of the year.", unit="GBP"),
        Column("spending", "DECIMAL(18,2)", "Spending of the year.", unit="GBP"),
        Column("government_grants", "DECIMAL(18,2)", "Income from government grants, where its annual return tells it.", unit="GBP"),
        Column("government_contracts", "DECIMAL(18,2)", "Income from government contracts, where its annual return tells it.", unit="GBP"),
        *ORIGIN,
    ),
)
