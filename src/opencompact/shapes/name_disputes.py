"""Disputes about names that nobody had settled when the lake was built."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="name_disputes",
    title="Open disputes about names",
    description="What somebody says is not the organisation it was linked to, until a person decides; for making `disputed_links` alone.",
    visibility="internal",
    key=("reference",),
    columns=(
        Column("reference", "VARCHAR", "Public reference of the dispute.", required=True),
        Column("organisation_id", "VARCHAR", "The organisation that it is said not to be, in org-id form.", required=True, privacy="organisation"),
        Column("normalised_name", "VARCHAR", "The disputed name after the normalisation rules.", required=True, privacy="person"),
        Column("received_on", "DATE", "Day it was received.", required=True),
    ),
)
