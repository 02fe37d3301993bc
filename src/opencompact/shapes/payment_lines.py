"""Payments as read from each file, with the payee's name as published."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="payment_lines",
    title="Payments as read",
    description="One row for each payment line in each file, copies and examples included; names may be of people.",
    visibility="internal",
    columns=(
        Column("body", "VARCHAR", "GOV.UK slug of the paying body, else its org-id.", required=True, privacy="organisation"),
        Column("unit", "VARCHAR", "Part of the body, as published."),
        Column("paid_on", "DATE", "Payment date; null where the file gives only a month or none."),
        Column("paid_in_month", "VARCHAR", "Month of payment, `2011-07`."),
        Column("payee_name", "VARCHAR", "Payee as published.", privacy="person"),
        Column("amount", "DECIMAL(18,2)", "Amount as published; negative lines are credits.", unit="GBP", required=True),
        Column("vat", "DECIMAL(18,2)", "Irrecoverable VAT where given apart.", unit="GBP"),
        Column("effective_on", "DATE", "Last day of the period the file says it covers."),
        Column("transaction_ref", "VARCHAR", "The body's transaction number."),
        Column("payee_code", "VARCHAR", "The body's own number for the payee, given apart or glued to its name."),
        Column("purpose", "VARCHAR", "What it was for, as published."),
        Column("is_card", "BOOLEAN", "Paid by procurement card."),
        Column("company_number", "VARCHAR", "Company number as published."),
        Column("charity_number", "VARCHAR", "Charity number as published."),
        Column("payee_org_id", "VARCHAR", "Identifier repaired into org-id form, where certain.", privacy="organisation"),
        *ORIGIN,
    ),
)
