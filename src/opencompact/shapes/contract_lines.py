"""Contract awards as merged, one row for each supplier of each award, in the words of OCDS."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

CONTRACT_COLUMNS = (
    Column("ocid", "VARCHAR", "Open contracting identifier of the process.", required=True),
    Column("award_id", "VARCHAR", "Award within the process.", required=True),
    Column("body", "VARCHAR", "GOV.UK slug of the buyer where known, else its org-id or the feed's own id.", required=True, privacy="organisation"),
    Column("buyer_name", "VARCHAR", "Buyer as published.", privacy="organisation"),
    Column("title", "VARCHAR", "Title of the tender."),
    Column("procurement_method", "VARCHAR", "OCDS procurement method."),
    Column("tender_opens_on", "DATE", "Tender period start."),
    Column("tender_closes_on", "DATE", "Tender period end."),
    Column("awarded_on", "DATE", "Award date."),
    Column("published_on", "DATE", "Day the notice was published."),
    Column("starts_on", "DATE", "Contract period start."),
    Column("ends_on", "DATE", "Contract period end."),
    Column("amount", "DECIMAL(18,2)", "Award value divided equally among its suppliers.", unit="GBP"),
    Column("award_amount", "DECIMAL(18,2)", "Award value as published, repeated on each supplier's row.", unit="GBP"),
    Column("suppliers", "BIGINT", "Suppliers of the award.", unit="suppliers"),
    Column("suitable_for_vcse", "BOOLEAN", "The notice says it is suitable for VCSEs."),
    Column("supplier_vcse", "BOOLEAN", "The notice says the supplier is a VCSE."),
    Column("supplier_scale", "VARCHAR", "Supplier's size as the notice says."),
)
MERGED_COLUMNS = (
    Column("amount_is_gross", "BOOLEAN", "Only a value with tax was published."),
    Column("has_subcontracting", "BOOLEAN", "The award says that part of it will be subcontracted."),
)

SHAPE = Shape(
    name="contract_lines",
    title="Contract awards as merged",
    description="One row for each supplier of each award of a merged process, at the release the award last came from; names may be of people.",
    visibility="internal",
    columns=(
        *CONTRACT_COLUMNS,
        Column("supplier_place", "BIGINT", "Place of the supplier in the award's list, from 1.", required=True),
        Column("release_id", "VARCHAR", "OCDS release the award last came from."),
        Column("released_at", "TIMESTAMP", "Instant of the release, UTC."),
        Column("currency", "VARCHAR", "Currency as published."),
        Column("supplier_name", "VARCHAR", "Supplier as published.", privacy="person"),
        Column("declared_id", "VARCHAR", "Supplier identifier as published."),
        Column("supplier_org_id", "VARCHAR", "Identifier repaired into org-id form, where certain.", privacy="organisation"),
        *MERGED_COLUMNS,
        *ORIGIN,
    ),
)
