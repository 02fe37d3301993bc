"""Copies: which file repeats which, row by row."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="copies",
    title="Files that repeat others",
    description="One row for each file of which nearly all rows stand in another.",
    visibility="internal",
    columns=(
        Column("source_file", "VARCHAR", "The file that repeats another.", required=True),
        Column("copy_of", "VARCHAR", "The file it repeats.", required=True),
        Column("rows", "BIGINT", "Its rows that stand there too.", unit="rows"),
        Column("size", "BIGINT", "Its rows.", unit="rows"),
    ),
)
