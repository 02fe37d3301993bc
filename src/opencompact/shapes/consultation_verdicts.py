"""Verdicts on the length of each consultation, one for each rule set in force when it opened."""

from opencompact.shapes.shape import Column, Shape

VERDICTS = ("met", "explained", "unexplained", "not_applicable", "cannot_tell")

SHAPE = Shape(
    name="consultation_verdicts",
    title="Verdicts on consultations",
    description="The graded verdict on length, under the government's rule of the day and the Compact's own, never mixed.",
    visibility="public",
    key=("consultation_id", "rule_set"),
    columns=(
        Column("consultation_id", "VARCHAR", "Consultation.", required=True),
        Column("rule_set", "VARCHAR", "Rule set.", required=True),
        Column("verdict", "VARCHAR", "Graded verdict.", required=True, words=VERDICTS),
        Column("because", "VARCHAR", "The sum and the finding, in a sentence.", required=True),
        Column("state", "VARCHAR", "How far it has come.", required=True),
    ),
)
