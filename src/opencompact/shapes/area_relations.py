"""What areas are to one another: parts, later codes, other codes and names."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

RELATIONS = ("part_of", "follows", "becomes", "other_code", "other_name")

SHAPE = Shape(
    name="area_relations",
    title="Areas and other areas",
    description="Pairs of areas, or an area and another code or name for it.",
    visibility="internal",
    columns=(
        Column("area", "VARCHAR", "Code of the area.", required=True),
        Column("relation", "VARCHAR", "What the other is to it.", required=True, words=RELATIONS),
        Column("other", "VARCHAR", "Code of the other area, or another code of the same."),
        Column("name", "VARCHAR", "Name the file gives with it."),
        Column("from_on", "DATE", "Day it began, where told."),
        Column("vintage", "VARCHAR", "Year the file is of."),
        *ORIGIN,
    ),
)
