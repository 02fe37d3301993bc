"""Files given to the build: what each was taken for, what was read, and which were set aside."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="sources",
    title="Files read",
    description="One row for each file given, used or not.",
    visibility="public",
    key=("source_file",),
    columns=(
        Column("source_file", "VARCHAR", "File as named on the input.", required=True),
        Column("source", "VARCHAR", "Source card it was read with; null where none."),
        Column("title", "VARCHAR", "Title of the source."),
        Column("publisher", "VARCHAR", "Who published it."),
        Column("licence", "VARCHAR", "Licence it was published under."),
        Column("url", "VARCHAR", "Address it can be had from."),
        Column("standing", "VARCHAR", "Real, example or sample."),
        Column("state", "VARCHAR", "What became of it.", required=True, words=("read", "copy", "unused", "refused")),
        Column("because", "VARCHAR", "Why it was taken for this source, set aside or refused.", required=True),
        Column("copy_of", "VARCHAR", "The file it repeats."),
        Column("sha256", "VARCHAR", "Checksum of the file."),
        Column("bytes", "BIGINT", "Size.", unit="bytes"),
        Column("encoding", "VARCHAR", "Text encoding found."),
        Column("table_name", "VARCHAR", "Table its rows went to."),
        Column("rows_found", "BIGINT", "Rows below the header.", unit="rows"),
        Column("rows_loaded", "BIGINT", "Rows that became rows of the table.", unit="rows"),
        Column("rows_refused", "BIGINT", "Rows kept as problems instead.", unit="rows"),
        Column("rows_blank", "BIGINT", "Rows with nothing in them.", unit="rows"),
        Column("rows_not_of_kind", "BIGINT", "Records that are of another kind (a tender without an award), left out by rule.", unit="rows"),
        Column("columns_unused", "VARCHAR", "Columns not read, separated by `; `."),
        Column("columns_read", "VARCHAR", "How its columns were taken and why, a sentence a line."),
        Column("first_on", "DATE", "Earliest date of its rows."),
        Column("last_on", "DATE", "Latest date of its rows."),
    ),
)
