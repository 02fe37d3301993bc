"""Entries: everything public that the site's search can find."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="entries",
    title="Search entries",
    description="One row for each page the site can show.",
    visibility="public",
    key=("path",),
    columns=(
        Column("path", "VARCHAR", "Path of the page on the site.", required=True),
        Column("kind", "VARCHAR", "Kind of page.", required=True, words=("body", "consultation", "organisation", "undertaking", "indicator", "agreement")),
        Column("title", "VARCHAR", "Title.", required=True, privacy="organisation"),
        Column("text", "VARCHAR", "Words to find it by."),
        Column("weight", "BIGINT", "Rows of the record behind it; larger comes first among equals."),
    ),
)
