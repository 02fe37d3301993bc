"""Who a published name may be: what comparing it with the registers came to, also where nothing was linked."""

from opencompact.shapes.links import REGISTER
from opencompact.shapes.shape import Column, Shape

# Of a name compared: which it is, and who it may be.
ASKED = (
    Column("published_name", "VARCHAR", "Name as published, trimmed.", required=True, privacy="person"),
    Column("asked_with", "VARCHAR", "Checksum of what was known beside the name: its postcode, what was paid for, and where.", required=True),
    Column("place", "BIGINT", "Place among the candidates of the name, the likeliest first.", required=True),
)
CANDIDATE = (
    Column("organisation_id", "VARCHAR", "The candidate in org-id form; null where nothing on the registers is near.", privacy="organisation"),
    Column("register_name", "VARCHAR", "The name on the register that was compared.", privacy="organisation"),
)
SHAPE = Shape(
    name="link_candidates",
    title="Candidates for names that no number and no exact name identifies",
    description="For each name compared with the registers, the likeliest organisations and what speaks for each; for reviewers of names alone.",
    visibility="internal",
    key=("published_name", "place"),
    columns=(
        *ASKED,
        Column("decision", "VARCHAR", "What it came to for the name, before later rules.", required=True, words=("accepted", "review", "none")),
        *CANDIDATE,
        Column("probability", "DOUBLE", "How likely it is the same organisation, by the scorer and by what decisions taught.", unit="share", required=True),
        Column("because", "VARCHAR", "The words that decided, and what held it back.", required=True),
        *REGISTER,
    ),
)
