"""Verdicts on undertakings, body by body."""

from opencompact.shapes.consultation_verdicts import VERDICTS
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="verdicts",
    title="Verdicts on undertakings",
    description="Where a promise can be tested by the record, what it shows of each body.",
    visibility="public",
    key=("undertaking", "body"),
    columns=(
        Column("undertaking", "VARCHAR", "Undertaking.", required=True),
        Column("body", "VARCHAR", "Body.", required=True, privacy="organisation"),
        Column("verdict", "VARCHAR", "Graded verdict.", required=True, words=VERDICTS),
        Column("because", "VARCHAR", "The counts behind it, in a sentence.", required=True),
        Column("cases", "BIGINT", "Cases it rests on.", required=True),
        Column("met", "BIGINT", "Cases met.", required=True),
        Column("explained", "BIGINT", "Cases not met but explained.", required=True),
        Column("unexplained", "BIGINT", "Cases with no explanation found.", required=True),
        Column("cannot_tell", "BIGINT", "Cases that cannot be told.", required=True),
        Column("state", "VARCHAR", "How far it has come: computed, not yet put to the body.", required=True),
    ),
)
