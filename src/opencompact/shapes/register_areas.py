"""Where registered organisations work, as their registers say."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="register_areas",
    title="Areas of operation",
    description="Each area a registered organisation says it works in, or how far its work reaches.",
    visibility="internal",
    columns=(
        Column("organisation_id", "VARCHAR", "Register entry in org-id form.", required=True, privacy="organisation"),
        Column("area_kind", "VARCHAR", "Kind of area, as published; `scale` where only the reach is told.", required=True),
        Column("area_name", "VARCHAR", "Area or reach, as published.", required=True),
        Column("within", "VARCHAR", "The wider area it is part of, as published."),
        *ORIGIN,
    ),
)
