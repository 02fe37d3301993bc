"""Rule sets: dated rules a consultation is judged by."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="rule_sets",
    title="Rule sets",
    description="The government's own rules of the day and the Compact's, each with the days it was in force.",
    visibility="public",
    key=("rule_set",),
    columns=(
        Column("rule_set", "VARCHAR", "Slug: `code-2008`.", required=True),
        Column("title", "VARCHAR", "Title.", required=True),
        Column("made_by", "VARCHAR", "Whose rule it is.", required=True, words=("government", "compact")),
        Column("in_force_from", "DATE", "First day in force.", required=True),
        Column("in_force_to", "DATE", "Last day in force; null while in force."),
        Column("least_days", "BIGINT", "Least days open, where it sets any.", unit="days"),
        Column("usual_most_days", "BIGINT", "Most days it calls usual, where it does.", unit="days"),
        Column("response_days", "BIGINT", "Days from close within which a response is due, where it sets any.", unit="days"),
        Column("rule", "VARCHAR", "The rule on length, in our words.", required=True),
        Column("dates_note", "VARCHAR", "How surely the dates are known."),
        Column("source_url", "VARCHAR", "Where it was seen."),
    ),
)
