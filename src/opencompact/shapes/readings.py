"""Readings: what came of reading each file, before copies are set aside."""

from opencompact.shapes.shape import Shape
from opencompact.shapes.sources import SHAPE as SOURCES

SHAPE = Shape(
    name="readings",
    title="Readings",
    description="One row for each file given, as it was read.",
    visibility="internal",
    key=("source_file",),
    columns=tuple(column for column in SOURCES.columns if column.name != "copy_of"),
)
