"""Consultations as read from each file, before copies are set aside."""

from opencompact.shapes.consultations import CONSULTATION_COLUMNS
from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Shape

SHAPE = Shape(
    name="consultation_lines",
    title="Consultations as read",
    description="One row for each consultation in each file, copies and examples included.",
    visibility="internal",
    columns=(*CONSULTATION_COLUMNS, *ORIGIN),
)
