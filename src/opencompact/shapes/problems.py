"""Problems: what could not be read as it stands, with the place, what was found and what was expected."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="problems",
    title="Problems",
    description="Every value or row that could not be read as it stands, was repaired, or contradicts another.",
    visibility="public",
    columns=(
        Column("source_file", "VARCHAR", "File.", required=True),
        Column("source_row", "BIGINT", "Row as a spreadsheet numbers it; null where the whole file is meant."),
        Column("field", "VARCHAR", "Column as the file names it."),
        Column("found", "VARCHAR", "What stands there; names are masked."),
        Column("expected", "VARCHAR", "What was expected."),
        Column("kind", "VARCHAR", "Kind of problem.", required=True),
        Column("consequence", "VARCHAR", "What became of the row.", required=True, words=("row_refused", "value_missing", "repaired", "kept", "file_refused")),
        Column("fix", "VARCHAR", "What the publisher can do, in a sentence."),
        Column("standing", "VARCHAR", "Real, example or sample."),
    ),
)
