"""The columns every ingested row carries: where it was read."""

from opencompact.shapes.shape import Column

STANDINGS = ("real", "example", "sample")

ORIGIN = (
    Column("source", "VARCHAR", "Source card the file was read with.", required=True),
    Column(
        "standing",
        "VARCHAR",
        "Whether the row is of the real record, an example of its format, or the invented sample country.",
        required=True,
        words=STANDINGS,
    ),
    Column("source_file", "VARCHAR", "File the row was read from, as named on the input.", required=True),
    Column("source_row", "BIGINT", "Row of the file as a spreadsheet numbers it (the header is row 1); for JSON the place in its list, from 1.", required=True),
)
