"""Decisions of people about names, as they stood in the office when the lake was built."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="name_decisions",
    title="Decisions about names",
    description="Who a published payee is, as a person decided it; in force for every file the payee stands in.",
    visibility="internal",
    key=("decision",),
    columns=(
        Column("decision", "VARCHAR", "Public id of the decision.", required=True),
        Column("payee_name", "VARCHAR", "Name as published.", required=True, privacy="person"),
        Column("published_org_id", "VARCHAR", "Identifier published beside it, in org-id form; empty where none."),
        Column("body", "VARCHAR", "The body it is about alone; empty for every body.", privacy="organisation"),
        Column("vendor_number", "VARCHAR", "The body's own number for the payee, where the decision is about that; else empty."),
        Column("outcome", "VARCHAR", "What was decided.", required=True, words=("organisation", "none_of_these", "not_voluntary")),
        Column("organisation_id", "VARCHAR", "The organisation, in org-id form.", privacy="organisation"),
        Column("because", "VARCHAR", "Why, as whoever decided wrote it.", required=True),
        Column("decided_on", "DATE", "Day of the decision.", required=True),
    ),
)
