"""Agreements between government and the sector."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="agreements",
    title="Agreements",
    description="The Compact, the Covenant and local compacts held in the catalogue.",
    visibility="public",
    key=("agreement",),
    columns=(
        Column("agreement", "VARCHAR", "Slug: `compact-2010`.", required=True),
        Column("title", "VARCHAR", "Title.", required=True),
        Column("in_force_from", "DATE", "First day in force."),
        Column("in_force_to", "DATE", "Last day in force; null while in force."),
        Column("parties", "VARCHAR", "Who made it."),
        Column("source_url", "VARCHAR", "Where its text was seen."),
        Column("note", "VARCHAR", "What is not confirmed about it."),
    ),
)
