"""Whose name is this: one row for each distinct payee, recipient or supplier as published."""

from opencompact.shapes.payments import LINK
from opencompact.shapes.shape import Column, Shape

# Which register a link stood on: its file, and the checksum of that file on the day.
REGISTER = (
    Column("register_file", "VARCHAR", "File of the register that the organisation stands on; null where no register held has it."),
    Column("register_sha256", "VARCHAR", "Checksum of that file, which says which version of the register it was."),
)

SHAPE = Shape(
    name="links",
    title="Links from published names to organisations",
    description="How each published name and number was identified, and by which rule.",
    visibility="internal",
    key=("published_name", "published_org_id"),
    columns=(
        Column("published_name", "VARCHAR", "Name as published, trimmed; empty where none.", privacy="person"),
        Column("published_org_id", "VARCHAR", "Identifier in org-id form; empty where none."),
        Column("normalised_name", "VARCHAR", "The name after the normalisation rules.", privacy="person"),
        Column("payee", "VARCHAR", "What the payee is known by to reviewers: a checksum of its name as compared and its number."),
        *LINK,
        Column("probability", "DOUBLE", "How likely the link is right, where it was made by probability.", unit="share"),
        Column("because", "VARCHAR", "The rule or the words that decided.", required=True),
        Column("may_name", "BOOLEAN", "Whether the name may be shown: identified, or with a legal form in it.", required=True),
        Column("decision", "VARCHAR", "The person's decision that settled it, by its public id."),
        *REGISTER,
    ),
)
