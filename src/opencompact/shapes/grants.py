"""Grants as published here: who funded whom, and how the recipient was identified."""

from opencompact.shapes.grant_lines import GRANT_COLUMNS
from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.payments import LINK
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="grants",
    title="Grants",
    description="Every grant once. Names are shown only of identified organisations and names with a legal form; else `withheld`.",
    visibility="public",
    key=("source_file", "source_row"),
    columns=(
        *GRANT_COLUMNS,
        Column("recipient_name", "VARCHAR", "Recipient as published, or `withheld`.", privacy="organisation"),
        Column("has_identifier", "BOOLEAN", "The publisher gave a charity or company number, in any form.", required=True),
        *LINK,
        *ORIGIN,
    ),
)
