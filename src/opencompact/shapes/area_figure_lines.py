"""Figures about areas as files give them."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="area_figure_lines",
    title="Figures of areas as read",
    description="Each figure of each area: what is measured, of which part of it, and for which year.",
    visibility="internal",
    columns=(
        Column("area", "VARCHAR", "Code of the area.", required=True),
        Column("measure", "VARCHAR", "What is measured.", required=True),
        Column("domain", "VARCHAR", "Which part of it, where it has parts."),
        Column("year", "BIGINT", "Year the figure is of.", required=True),
        Column("value", "DOUBLE", "The figure.", required=True),
        *ORIGIN,
    ),
)
