"""What comparing a name with the registers gave by the scorer alone, before anything was learned from decisions: kept so that no name is compared twice."""

from opencompact.shapes.link_candidates import ASKED, CANDIDATE
from opencompact.shapes.links import REGISTER
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="scored_candidates",
    title="Candidates as the scorer gave them",
    description="For each name compared with the registers, the likeliest organisations by the scorer alone; what was learned makes `link_candidates` of it.",
    visibility="internal",
    key=("published_name", "place"),
    columns=(
        *ASKED,
        Column("decision", "VARCHAR", "What it came to by the scorer alone.", required=True, words=("accepted", "review", "none")),
        Column("stage", "VARCHAR", "How the two names are alike.", required=True, words=("exact", "initials", "compared", "none")),
        Column("is_doubted", "BOOLEAN", "Whether something other than likeness speaks against the likeliest organisation.", required=True),
        *CANDIDATE,
        Column("probability", "DOUBLE", "How likely it is the same organisation by the scorer, to four places.", unit="share", required=True),
        Column("because", "VARCHAR", "The words that decided, and what held it back.", required=True),
        *REGISTER,
    ),
)
