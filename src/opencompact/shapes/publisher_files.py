"""Publishers of files: whose file each is, for the scorecards."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="publisher_files",
    title="Files by publisher",
    description="Whose file each is: the body whose payments or grants most of its rows are, else the publisher its source card names.",
    visibility="public",
    key=("source_file",),
    columns=(
        Column("source_file", "VARCHAR", "File as named on the input.", required=True),
        Column("publisher", "VARCHAR", "Slug of the publisher; a body's own where it is one.", required=True, privacy="organisation"),
        Column("name", "VARCHAR", "Name of the publisher.", required=True, privacy="organisation"),
        Column("record", "VARCHAR", "Kind of record the file is of.", required=True),
        Column("state", "VARCHAR", "What became of it.", required=True, words=("read", "copy", "refused")),
        Column("standing", "VARCHAR", "Real or sample.", required=True),
    ),
)
