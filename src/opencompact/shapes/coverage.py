"""Coverage: which months of each body's record are held."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="coverage",
    title="Coverage",
    description="For each body and kind of record, each month between the first and last held.",
    visibility="public",
    key=("body", "record", "month"),
    columns=(
        Column("body", "VARCHAR", "Body.", required=True, privacy="organisation"),
        Column("record", "VARCHAR", "Kind of record.", required=True, words=("payments", "grants", "contracts", "consultations")),
        Column("month", "VARCHAR", "Month, `2011-07`.", required=True),
        Column(
            "state",
            "VARCHAR",
            "Held or not; `not_published` only where the body's own index was read.",
            required=True,
            words=("held", "not_held", "not_published"),
        ),
        Column("rows", "BIGINT", "Rows held.", unit="rows"),
    ),
)
