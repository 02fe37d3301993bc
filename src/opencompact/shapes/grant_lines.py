"""Grants as read from each file, in the words of the 360Giving standard."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

GRANT_COLUMNS = (
    Column("grant_id", "VARCHAR", "360Giving identifier of the grant.", required=True),
    Column("body", "VARCHAR", "GOV.UK slug of the funder, else its org-id.", required=True, privacy="organisation"),
    Column("funder_name", "VARCHAR", "Funder as published.", privacy="organisation"),
    Column("title", "VARCHAR", "Title as published."),
    Column("programme", "VARCHAR", "Grant programme."),
    Column("awarded_on", "DATE", "Award date."),
    Column("amount", "DECIMAL(18,2)", "Amount awarded.", unit="GBP"),
    Column("starts_on", "DATE", "Planned start."),
    Column("ends_on", "DATE", "Planned end."),
    Column("months", "DOUBLE", "Planned duration as published, else from the planned dates.", unit="months"),
    Column("funders", "BIGINT", "How many funders are named; `body` is the first.", unit="count"),
    Column("recipient_kind", "VARCHAR", "Whether an organisation or a person was given the money.", words=("organisation", "individual")),
)

SHAPE = Shape(
    name="grant_lines",
    title="Grants as read",
    description="One row for each grant in each file, copies and examples included; names may be of people.",
    visibility="internal",
    columns=(
        *GRANT_COLUMNS,
        Column("currency", "VARCHAR", "Currency as published."),
        Column("recipient_name", "VARCHAR", "Recipient as published; null where it is a person.", privacy="person"),
        Column("recipient_postcode", "VARCHAR", "Recipient's postcode, for matching only.", privacy="person"),
        Column("company_number", "VARCHAR", "Company number as published."),
        Column("charity_number", "VARCHAR", "Charity number as published."),
        Column("declared_id", "VARCHAR", "Recipient identifier as published."),
        Column("recipient_org_id", "VARCHAR", "Identifier repaired into org-id form, where certain.", privacy="organisation"),
        *ORIGIN,
    ),
)
