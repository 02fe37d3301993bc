"""Areas as files give them, one row for each time a file tells of one."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="area_lines",
    title="Areas as read",
    description="Each area of each file: its code, name, kind, days and outline.",
    visibility="internal",
    columns=(
        Column("area", "VARCHAR", "Code of the area, as a GSS code E06000001.", required=True),
        Column("name", "VARCHAR", "Name, as the file gives it."),
        Column("kind", "VARCHAR", "Kind of area, from the vocabulary `area-kinds`, else as published."),
        Column("parent", "VARCHAR", "Code of the area it is part of."),
        Column("valid_from", "DATE", "Day the code came into force."),
        Column("valid_to", "DATE", "Day the code ended."),
        Column("vintage", "VARCHAR", "Year the file is of."),
        Column("body", "VARCHAR", "Body that governs it, where the file tells it.", privacy="organisation"),
        Column("outline", "VARCHAR", "Simplified outline as GeoJSON geometry, longitude before latitude."),
        Column("hex_column", "BIGINT", "Column of its hexagon in a layout where each area has one."),
        Column("hex_row", "BIGINT", "Row of its hexagon."),
        *ORIGIN,
    ),
)
