"""Rows whose payee somebody says is not the organisation they are linked to, until a person decides."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="disputed_links",
    title="Disputed links",
    description="Payments, grants and contracts that somebody says went to another than the organisation named. They count until a person has decided.",
    visibility="public",
    key=("reference", "record", "source_file", "source_row"),
    columns=(
        Column("reference", "VARCHAR", "Public reference of the dispute.", required=True),
        Column("organisation_id", "VARCHAR", "The organisation that it is said not to be, in org-id form.", required=True, privacy="organisation"),
        Column("received_on", "DATE", "Day the dispute was received.", required=True),
        Column("record", "VARCHAR", "Kind of money.", required=True, words=("payments", "grants", "contracts")),
        Column("source_file", "VARCHAR", "File of the row.", required=True),
        Column("source_row", "BIGINT", "Row of the file, as a spreadsheet numbers it.", required=True),
    ),
)
