"""Contract awards as published here: who bought from whom, and how the supplier was identified."""

from opencompact.shapes.contract_lines import CONTRACT_COLUMNS, MERGED_COLUMNS
from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.payments import LINK
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="contracts",
    title="Contract awards",
    description=(
        "Every award as its merged process tells it, one row a supplier, at the release it last came from. "
        "Names are shown only of identified organisations and names with a legal form."
    ),
    visibility="public",
    key=("source_file", "source_row", "award_id", "supplier_place"),
    columns=(
        *CONTRACT_COLUMNS,
        Column("supplier_place", "BIGINT", "Place of the supplier in the award's list, from 1.", required=True),
        Column("supplier_name", "VARCHAR", "Supplier as published, or `withheld`.", privacy="organisation"),
        *LINK,
        *MERGED_COLUMNS,
        *ORIGIN,
    ),
)
