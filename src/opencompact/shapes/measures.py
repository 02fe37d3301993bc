"""Measures: the value of each indicator for each body and period."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="measures",
    title="Measures",
    description="Every value with its interval, its count and its coverage; a missing one says why.",
    visibility="public",
    key=("indicator", "body", "period"),
    columns=(
        Column("indicator", "VARCHAR", "Indicator.", required=True),
        Column("body", "VARCHAR", "Body, or `all`.", required=True, privacy="organisation"),
        Column("period", "VARCHAR", "`2011`, `2011-Q3`, `2011/12`, or `all`.", required=True),
        Column("value", "DOUBLE", "The value, in the indicator's unit; shares run from 0 to 1."),
        Column("low", "DOUBLE", "Lower end of the 95 % interval."),
        Column("high", "DOUBLE", "Upper end of the 95 % interval."),
        Column("n", "BIGINT", "Cases the value rests on (its denominator).", required=True),
        Column("hits", "BIGINT", "Cases counted, for a share."),
        Column("coverage", "DOUBLE", "Share of the population whose value is known, from 0 to 1; null where the population is not known."),
        Column("why_missing", "VARCHAR", "Why there is no value."),
    ),
)
