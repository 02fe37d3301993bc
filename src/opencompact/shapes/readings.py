"""Readings: what came of reading each file, before copies are set aside."""

from opencompact.shapes.shape import Column, Shape
from opencompact.shapes.sources import SHAPE as SOURCES

SHAPE = Shape(
    name="readings",
    title="Readings",
    description="One row for each file given, as it was read.",
    visibility="internal",
    key=("source_file",),
    columns=(
        *(column for column in SOURCES.columns if column.name != "copy_of"),
        Column("made_from", "VARCHAR", "Checksum of all its rows were made from."),
    ),
)
