"""Payments as published here: who paid whom, and how the payee was identified."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

LINK_STAGES = ("identifier", "exact", "probable", "reviewed", "review", "none")
LINK = (
    Column("organisation_id", "VARCHAR", "The organisation, in org-id form, where identified.", privacy="organisation"),
    Column("link_stage", "VARCHAR", "How it was identified; `review`: a person decides; `none`: like nobody on a register.", required=True, words=LINK_STAGES),
)

SHAPE = Shape(
    name="payments",
    title="Payments",
    description="Every payment line once. Names are shown only of identified organisations and names with a legal form; else `withheld`.",
    visibility="public",
    key=("source_file", "source_row"),
    columns=(
        Column("body", "VARCHAR", "GOV.UK slug of the paying body, else its org-id.", required=True, privacy="organisation"),
        Column("unit", "VARCHAR", "Part of the body, as published."),
        Column("paid_on", "DATE", "Payment date; null where the file gives only a month or none."),
        Column("paid_in_month", "VARCHAR", "Month of payment, `2011-07`."),
        Column("payee_name", "VARCHAR", "Payee as published, or `withheld`.", privacy="organisation"),
        Column("amount", "DECIMAL(18,2)", "Amount as published; negative lines are credits.", unit="GBP", required=True),
        Column("is_card", "BOOLEAN", "Paid by procurement card."),
        *LINK,
        *ORIGIN,
    ),
)
