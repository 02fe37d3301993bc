"""Figures of areas: deprivation and population, each with the row it stands on."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="area_figures",
    title="Figures of areas",
    description="Each figure of each area, once: what is measured, of which part of it, and for which year.",
    visibility="public",
    columns=(
        Column("area", "VARCHAR", "Code of the area.", required=True),
        Column("measure", "VARCHAR", "What is measured; a rank of 1 is the most deprived.", required=True),
        Column("domain", "VARCHAR", "Which part of it; `all` for the whole index."),
        Column("year", "BIGINT", "Year the figure is of.", required=True),
        Column("value", "DOUBLE", "The figure.", required=True),
        *ORIGIN,
    ),
)
