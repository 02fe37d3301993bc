"""Sums of payments, grants and contracts by how their payees were identified: what every figure of money stands on."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="money_sums",
    title="Sums of money",
    description=(
        "Payments, grants and contracts, never to be added together, summed by body, financial year and how the payee was identified: what share of a "
        "figure stands on which stage, and what the payees not identified could change."
    ),
    visibility="public",
    columns=(
        Column("record", "VARCHAR", "Kind of money.", required=True, words=("payments", "grants", "contracts")),
        Column("body", "VARCHAR", "Who paid: GOV.UK slug, else org-id.", required=True, privacy="organisation"),
        Column("began", "BIGINT", "Year in which the financial year begins on 1 April; null where no day is held."),
        Column(
            "link_stage",
            "VARCHAR",
            "How the payees were identified; `settled`: a person found them on no register; `review`: a person decides; `none`: like nobody on one.",
            required=True,
            words=("identifier", "exact", "reviewed", "settled", "probable", "review", "none"),
        ),
        Column("is_voluntary", "BOOLEAN", "Whether the payees count as voluntary organisations; null where they are not identified."),
        Column("rows", "BIGINT", "Rows.", unit="rows", required=True),
        Column("amount", "DECIMAL(18,2)", "Their sum, net of credits; null where none has an amount.", unit="GBP"),
        Column("size", "DECIMAL(18,2)", "Their sum with credits counted as amounts.", unit="GBP"),
    ),
)
