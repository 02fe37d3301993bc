"""What happened to registered organisations: registered, removed, merged, named anew."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

EVENTS = ("registered", "removed", "merged_into", "took_over", "reregistered", "renamed", "replaced_by", "other")

SHAPE = Shape(
    name="register_events",
    title="Events on the registers",
    description="Each dated event of a registered organisation, and the other organisation it concerns.",
    visibility="internal",
    columns=(
        Column("organisation_id", "VARCHAR", "Register entry in org-id form.", required=True, privacy="organisation"),
        Column("event", "VARCHAR", "What happened.", required=True, words=EVENTS),
        Column("happened_on", "DATE", "Day it happened, where the source tells it."),
        Column("reason", "VARCHAR", "Why, as published."),
        Column("name", "VARCHAR", "Name of the organisation at the time, where given.", privacy="organisation"),
        Column("other_id", "VARCHAR", "The other organisation in org-id form, where a number is given.", privacy="organisation"),
        Column("other_name", "VARCHAR", "Name of the other organisation, where given.", privacy="organisation"),
        *ORIGIN,
    ),
)
