"""What the codes of schemes of classes stand for."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="class_names",
    title="Names of classes",
    description="Each class of each scheme with its name and the class above it.",
    visibility="internal",
    columns=(
        Column("scheme", "VARCHAR", "Scheme of classes.", required=True),
        Column("code", "VARCHAR", "Code of the class.", required=True),
        Column("name", "VARCHAR", "Name of the class.", required=True),
        Column("parent", "VARCHAR", "Code or name of the class above it."),
        *ORIGIN,
    ),
)
