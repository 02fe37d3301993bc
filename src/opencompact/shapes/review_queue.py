"""Payees that wait for a person to say who they are, and what is at stake."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="review_queue",
    title="Names to review",
    description="One row for each payee that waits for a person, the largest sum first; for reviewers of names alone.",
    visibility="internal",
    key=("payee",),
    columns=(
        Column("payee", "VARCHAR", "What the payee's page is known by: a checksum of its name as compared and its number.", required=True),
        Column("state", "VARCHAR", "Linked by probability alone, with candidates, or like nothing.", required=True, words=("probable", "review", "unknown")),
        Column("published_name", "VARCHAR", "Name as published, in its commonest spelling.", required=True, privacy="person"),
        Column("normalised_name", "VARCHAR", "The name after the normalisation rules.", required=True, privacy="person"),
        Column("published_org_id", "VARCHAR", "Identifier in org-id form; empty where none."),
        Column("spellings", "BIGINT", "Spellings of the name.", required=True),
        Column("rows", "BIGINT", "Payments, grants and contracts in its name.", required=True),
        Column("amount", "DECIMAL(18,2)", "Their sum.", unit="GBP", required=True),
        Column("bodies", "VARCHAR", "Bodies that paid it, each between two `;`.", privacy="organisation"),
        Column("organisation_id", "VARCHAR", "The likeliest candidate in org-id form.", privacy="organisation"),
        Column("register_name", "VARCHAR", "Its name on the register.", privacy="organisation"),
        Column("probability", "DOUBLE", "How likely it is the same.", unit="share"),
    ),
)
