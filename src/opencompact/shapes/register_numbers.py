"""Numbers that belong together: one organisation on several registers, and parents with their branches."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

RELATIONS = (
    "company",
    "cio_twin",
    "reregistered_as",
    "dual_registered",
    "mutual",
    "housing_provider",
    "university",
    "school",
    "academy_trust",
    "research_register",
    "parent",
    "branch",
    "federation",
    "same_as",
)

SHAPE = Shape(
    name="register_numbers",
    title="Numbers that belong together",
    description="Pairs of register entries, and what the one is to the other.",
    visibility="internal",
    columns=(
        Column("organisation_id", "VARCHAR", "Register entry in org-id form.", required=True, privacy="organisation"),
        Column("relation", "VARCHAR", "What the other is to it.", required=True, words=RELATIONS),
        Column("other_id", "VARCHAR", "The other entry in org-id form; null where only its name is given.", privacy="organisation"),
        Column("name", "VARCHAR", "Name the source gives the organisation.", privacy="organisation"),
        Column("other_name", "VARCHAR", "Name the source gives the other.", privacy="organisation"),
        Column("from_on", "DATE", "First day, where the source tells it."),
        Column("to_on", "DATE", "Last day, where the source tells it."),
        *ORIGIN,
    ),
)
