"""The history of organisations: dated names, numbers, accounts, areas, classes and events, each with the row it stands on."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

LINES = ("name", "event", "number", "income", "area", "class")

SHAPE = Shape(
    name="organisation_history",
    title="History of organisations",
    description="What the registers held tell of each identified organisation and of those it became, line by line.",
    visibility="public",
    columns=(
        Column("organisation_id", "VARCHAR", "Org-id.", required=True, privacy="organisation"),
        Column("line", "VARCHAR", "What the line tells.", required=True, words=LINES),
        Column("word", "VARCHAR", "Which of its names, what happened, what the other is to it, the kind of area, or the scheme of the class."),
        Column("told", "VARCHAR", "The name, the reason, the area, the class, or the name of the other organisation.", privacy="organisation"),
        Column("other_id", "VARCHAR", "The other organisation in org-id form.", privacy="organisation"),
        Column("from_on", "DATE", "First day; of an event its day; null where not told."),
        Column("to_on", "DATE", "Last day; null where not told, or not yet."),
        Column("income", "DECIMAL(18,2)", "Income of the financial year.", unit="GBP"),
        Column("spending", "DECIMAL(18,2)", "Spending of the financial year.", unit="GBP"),
        Column("government_grants", "DECIMAL(18,2)", "Of the income, government grants, where told.", unit="GBP"),
        Column("government_contracts", "DECIMAL(18,2)", "Of the income, government contracts, where told.", unit="GBP"),
        *ORIGIN,
    ),
)
