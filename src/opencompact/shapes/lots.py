"""Lots of procurement processes, as told last."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="lots",
    title="Lots",
    description="One row for each lot of each tender; the file and row are of the latest release that names it.",
    visibility="public",
    columns=(
        Column("ocid", "VARCHAR", "Open contracting identifier of the process.", required=True),
        Column("lot_id", "VARCHAR", "Lot within the process."),
        Column("title", "VARCHAR", "Title of the lot."),
        Column("status", "VARCHAR", "OCDS status of the lot."),
        Column("amount", "DECIMAL(18,2)", "Value of the lot.", unit="as in currency"),
        Column("amount_is_gross", "BOOLEAN", "Only a value with tax was published."),
        Column("currency", "VARCHAR", "Currency of the value."),
        Column("starts_on", "DATE", "Contract period start."),
        Column("ends_on", "DATE", "Contract period end."),
        Column("suitable_for_sme", "BOOLEAN", "Said to suit small and medium businesses."),
        Column("suitable_for_vcse", "BOOLEAN", "Said to suit VCSEs."),
        *ORIGIN,
    ),
)
