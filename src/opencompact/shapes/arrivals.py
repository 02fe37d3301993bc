"""Arrivals: for each live source and day, what was offered, what arrived, what is missing, and how we know."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="arrivals",
    title="What arrived from live sources",
    description="One row for each live source and day asked for. Sources taken whole have a row for each day they were asked.",
    visibility="public",
    key=("source", "day"),
    columns=(
        Column("source", "VARCHAR", "Source.", required=True),
        Column("title", "VARCHAR", "Title of the source.", required=True),
        Column("day", "DATE", "Day the items stand under, as the source counts days.", required=True),
        Column(
            "state",
            "VARCHAR",
            "Whether everything offered arrived: proved, not so, not provable yet, or not asked for.",
            required=True,
            words=("complete", "gaps", "not_offered_a_count", "not_yet_asked"),
        ),
        Column("because", "VARCHAR", "How we know, or why we do not.", required=True),
        Column("offered", "BIGINT", "Items the source counts, or two readings agree on; null where nobody can tell.", unit="items"),
        Column("arrived", "BIGINT", "Different items that arrived.", unit="items", required=True),
        Column("missing", "BIGINT", "Items offered that did not arrive; null where nobody can tell.", unit="items"),
        Column("missing_ids", "VARCHAR", "Identifiers of missing items, where they are known, separated by `; `; 20 at most."),
        Column("differing", "BIGINT", "Items that one reading of the day showed and another left out.", unit="items", required=True),
        Column("repeated", "BIGINT", "Times an item came again within one reading of the day.", unit="times", required=True),
        Column("readings", "BIGINT", "Readings of the day, made after it was over.", unit="readings", required=True),
        Column("faults", "BIGINT", "Answers with something wrong.", unit="answers", required=True),
        Column("fault_kinds", "VARCHAR", "What was wrong with them, separated by `; `."),
        Column("first_asked_at", "TIMESTAMP", "When it was first asked for.", unit="UTC"),
        Column("last_asked_at", "TIMESTAMP", "When it was last asked for.", unit="UTC"),
    ),
)
