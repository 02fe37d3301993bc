"""Areas: one row for each code, with its name, kind, days, the area above it and the body that governs it."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="areas",
    title="Areas",
    description="Each area of the reference data held here, as the latest of its files tells of it.",
    visibility="public",
    key=("area",),
    columns=(
        Column("area", "VARCHAR", "Code, as a GSS code E06000001.", required=True),
        Column("name", "VARCHAR", "Name; null where no file gives one."),
        Column("kind", "VARCHAR", "Kind, by the first letters of the code, from the vocabulary `area-kinds`; else as published."),
        Column("parent", "VARCHAR", "Code of the area it is part of, where told."),
        Column("valid_from", "DATE", "Day the code came into force, where told."),
        Column("valid_to", "DATE", "Day the code ended, where told."),
        Column("body", "VARCHAR", "Body that governs it.", privacy="organisation"),
        Column("outline", "VARCHAR", "Simplified outline as GeoJSON geometry, longitude before latitude; null where none is kept."),
        Column("hex_column", "BIGINT", "Column of its hexagon in a layout where each area has one."),
        Column("hex_row", "BIGINT", "Row of its hexagon."),
        Column("standing", "VARCHAR", "Real record or invented sample country.", required=True),
    ),
)
