"""Progress and warning signs of an agreement's principles."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="signs",
    title="Progress and warning signs",
    description="What would show that a principle is being kept, or not.",
    visibility="public",
    key=("undertaking", "place"),
    columns=(
        Column("undertaking", "VARCHAR", "Undertaking or principle.", required=True),
        Column("place", "BIGINT", "Order, from 1.", required=True),
        Column("sign", "VARCHAR", "Progress or warning.", required=True, words=("progress", "warning")),
        Column("text", "VARCHAR", "The sign, in our words.", required=True),
        Column("wording", "VARCHAR", "Whether its wording was seen in a source.", required=True, words=("confirmed", "unconfirmed")),
        Column("source_url", "VARCHAR", "Where it was seen."),
    ),
)
