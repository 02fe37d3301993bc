"""Public bodies: who they are, what kind, and which came before and after them."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="bodies",
    title="Public bodies",
    description="Every body the record names, with its kind and its predecessors and successors.",
    visibility="public",
    key=("body",),
    columns=(
        Column("body", "VARCHAR", "GOV.UK slug where there is one, else the org-id.", required=True, privacy="organisation"),
        Column("name", "VARCHAR", "Name.", required=True, privacy="organisation"),
        Column("kind", "VARCHAR", "Kind, within which bodies are compared.", required=True),
        Column("organisation_id", "VARCHAR", "Org-id, where one is known."),
        Column("started_on", "VARCHAR", "Day, month or year it began, as the register gives it."),
        Column("ended_on", "VARCHAR", "Day, month or year it ended, as the register gives it."),
        Column("predecessors", "VARCHAR", "Slugs of the bodies it continues, separated by `;`."),
        Column("successors", "VARCHAR", "Slugs of the bodies that continue it, separated by `;`."),
        Column("area", "VARCHAR", "Code of the area it governs, where one is known."),
        Column("history", "VARCHAR", "Slug of the present body whose history this is part of.", required=True),
        Column("standing", "VARCHAR", "Real record or invented sample country.", required=True),
    ),
)
