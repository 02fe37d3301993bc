"""Indicators: the cards, as the method pages show them."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="indicators",
    title="Indicators",
    description="What each indicator asks, of what population, by what rule.",
    visibility="public",
    key=("indicator",),
    columns=(
        Column("indicator", "VARCHAR", "Slug: `consultation-length`.", required=True),
        Column("title", "VARCHAR", "Title.", required=True),
        Column("question", "VARCHAR", "The question it answers.", required=True),
        Column("why_it_matters", "VARCHAR", "Why it matters.", required=True),
        Column("tests", "VARCHAR", "Undertakings it informs, separated by `;`."),
        Column("unit", "VARCHAR", "Unit of the value.", required=True),
        Column("better", "VARCHAR", "Which way is better.", required=True, words=("higher", "lower", "neither")),
        Column("population", "VARCHAR", "What is counted over.", required=True),
        Column("denominator", "VARCHAR", "What the value is divided by."),
        Column("interval", "VARCHAR", "How the interval is computed.", required=True, words=("wilson", "order_statistics", "none")),
        Column("not_enough_below", "BIGINT", "Fewest cases for a value.", required=True),
        Column("sql", "VARCHAR", "The SELECT.", required=True),
        Column("version", "BIGINT", "Version of the method.", required=True),
    ),
)
