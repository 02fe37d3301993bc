"""Undertakings: each promise of each agreement, in our own words."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="undertakings",
    title="Undertakings",
    description="Each promise, who is bound by it, and how far it can be tested.",
    visibility="public",
    key=("undertaking",),
    columns=(
        Column("undertaking", "VARCHAR", "Agreement and number: `compact-2010/2.4`.", required=True),
        Column("agreement", "VARCHAR", "Agreement.", required=True),
        Column("place", "BIGINT", "Order within the agreement, from 1.", required=True),
        Column("number", "VARCHAR", "Number as the agreement gives it.", required=True),
        Column("outcome", "VARCHAR", "Outcome or principle it stands under.", required=True),
        Column("bound", "VARCHAR", "Who is bound.", required=True, words=("government", "sector", "both")),
        Column("paraphrase", "VARCHAR", "What it asks, in our words.", required=True),
        Column("test", "VARCHAR", "How it can be tested.", required=True, words=("computed", "judgement", "both")),
        Column("wording", "VARCHAR", "Whether its wording was seen in a source.", required=True, words=("confirmed", "unconfirmed")),
        Column("source_url", "VARCHAR", "Where the wording was seen."),
        Column("cannot_yet", "VARCHAR", "Why it has no verdict yet, where it has none."),
        Column("indicators", "VARCHAR", "Indicators that inform it, separated by `;`."),
        Column("kin", "VARCHAR", "The same promise in other agreements, separated by `;`."),
    ),
)
