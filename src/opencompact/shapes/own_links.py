"""Links that hold for one body alone: by its own vendor numbers, and by names as it uses them."""

from opencompact.shapes.payments import LINK
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="own_links",
    title="Links of one body",
    description="Payees that a person settled for one body, by its vendor number or by the name it writes; they come before every other link.",
    visibility="internal",
    key=("body", "payee_code", "published_name", "published_org_id"),
    columns=(
        Column("body", "VARCHAR", "The body.", required=True, privacy="organisation"),
        Column("payee_code", "VARCHAR", "The body's own number for the payee; empty where its lines have none."),
        Column("published_name", "VARCHAR", "Name as published, trimmed; empty where none.", privacy="person"),
        Column("published_org_id", "VARCHAR", "Identifier in org-id form; empty where none."),
        *LINK,
        Column("because", "VARCHAR", "Why.", required=True),
        Column("decision", "VARCHAR", "The decision that settled it.", required=True),
    ),
)
