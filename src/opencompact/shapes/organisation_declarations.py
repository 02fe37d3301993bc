"""What sources declare an organisation to be, beyond what its register shows."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="organisation_declarations",
    title="Declared kinds of organisations",
    description=(
        "Each organisation that a source held here declares to be a social enterprise, or a voluntary, community or social enterprise, with the first row "
        "that says so. A declaration is not a register: nobody checked it. A name alone never is one."
    ),
    visibility="public",
    key=("organisation_id", "declared", "evidence"),
    columns=(
        Column("organisation_id", "VARCHAR", "Org-id.", required=True, privacy="organisation"),
        Column("declared", "VARCHAR", "What it is declared to be.", required=True, words=("social_enterprise", "vcse", "sme")),
        Column("evidence", "VARCHAR", "Which evidence of the vocabulary `declared-kinds`.", required=True),
        Column("rows", "BIGINT", "Rows that declare it.", unit="rows", required=True),
        Column("denied", "BIGINT", "Rows of the same kind of evidence that declare the opposite.", unit="rows", required=True),
        Column("said_by", "VARCHAR", "What the list is called that says so; null of a notice."),
        Column("said_on", "DATE", "Day the list is of, or the notice was published."),
        *ORIGIN,
    ),
)
