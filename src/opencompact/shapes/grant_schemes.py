"""Grant schemes as published here."""

from opencompact.shapes.grant_scheme_lines import SCHEME_COLUMNS
from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Shape

SHAPE = Shape(
    name="grant_schemes",
    title="Grant schemes",
    description="What each department gave under each scheme in a year. Years were gathered differently and do not compare; awards may stand in `grants`.",
    visibility="public",
    key=("source_file", "source_row"),
    columns=(*SCHEME_COLUMNS, *ORIGIN),
)
