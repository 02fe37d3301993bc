"""Verdicts that needed judgement: proposed by an assessor, answered by the body or met with silence, signed by an auditor."""

from opencompact.shapes.consultation_verdicts import VERDICTS
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="judged_verdicts",
    title="Verdicts by assessors",
    description="Where a promise needs judgement: what an assessor found, what the body replied, and that an auditor signed.",
    visibility="public",
    key=("verdict_id",),
    columns=(
        Column("verdict_id", "VARCHAR", "Verdict, the last part of its address.", required=True),
        Column("undertaking", "VARCHAR", "Undertaking.", required=True),
        Column("body", "VARCHAR", "Body.", required=True, privacy="organisation"),
        Column("year", "BIGINT", "Year it is of.", required=True),
        Column("verdict", "VARCHAR", "Graded verdict.", required=True, words=VERDICTS),
        Column("because", "VARCHAR", "What was found, and why it is graded so.", required=True),
        Column("proposed_by_role", "VARCHAR", "Role of who proposed it.", required=True),
        Column("signed_by_role", "VARCHAR", "Role of who signed it, who is another person.", required=True),
        Column("signed_on", "DATE", "Day it was signed.", required=True),
        Column("reply_due_on", "DATE", "Last day the body had to reply.", required=True),
        Column("how_counted", "VARCHAR", "How that day was counted.", required=True),
        Column("reply_state", "VARCHAR", "Whether the body replied.", required=True, words=("replied", "silent")),
        Column("reply", "VARCHAR", "The body's reply, where it gave one."),
        Column("replied_on", "DATE", "Day it replied, also after the last day."),
        Column("evidence", "VARCHAR", "What it rests on, with addresses, separated by `; `.", required=True),
        Column("checksums", "VARCHAR", "SHA-256 of the copies of it that are kept, separated by `;`."),
    ),
)
