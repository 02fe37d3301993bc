"""Publisher quality: what share of each publisher's files and rows tell what a reader needs."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="publisher_quality",
    title="Quality by publisher",
    description="Shares with their counts, for each publisher and kind of record; there is no score over them.",
    visibility="public",
    key=("publisher", "record", "measure"),
    columns=(
        Column("publisher", "VARCHAR", "Slug of the publisher; a body's own where it is one.", required=True, privacy="organisation"),
        Column("name", "VARCHAR", "Name of the publisher.", required=True, privacy="organisation"),
        Column("record", "VARCHAR", "Kind of record; publishers are compared within one alone.", required=True),
        Column("place", "BIGINT", "Order of the measure, from 1.", required=True),
        Column("measure", "VARCHAR", "Slug of the measure: `with-identifier`.", required=True),
        Column("title", "VARCHAR", "What is counted, in words.", required=True),
        Column("numerator", "BIGINT", "How many have it.", required=True),
        Column("denominator", "BIGINT", "How many could.", required=True),
        Column("share", "DOUBLE", "Numerator over denominator, from 0 to 1; null where nothing could have it."),
        Column("median_days", "DOUBLE", "Of `with-both-days`: the median of the days between them.", unit="days"),
        Column("why_missing", "VARCHAR", "Why there is no share, or no median."),
        Column("standing", "VARCHAR", "Real or sample.", required=True),
    ),
)
