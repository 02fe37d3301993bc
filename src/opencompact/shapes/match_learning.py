"""What people's decisions about names taught the matcher: counts and the two numbers learned, and no name."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="match_learning",
    title="What decisions taught the matcher",
    description=(
        "How often people chose the organisation that the matcher found likeliest, by what its scorer had said, and how its probabilities are heeded since: "
        "their log-odds times the slope, plus the shift. Without rows nothing was learned."
    ),
    visibility="public",
    key=("probability_from",),
    columns=(
        Column("probability_from", "DOUBLE", "Lower bound of the band of what the scorer said; belongs to it.", unit="share", required=True),
        Column("probability_to", "DOUBLE", "Upper bound; belongs to the next band, but 1 to the last.", unit="share", required=True),
        Column("decisions", "BIGINT", "Names of the band that a person decided.", unit="names", required=True),
        Column("right", "BIGINT", "Of these, those where the person chose the organisation.", unit="names", required=True),
        Column("scored", "DOUBLE", "Mean of what the scorer said of them; null where there are none.", unit="share"),
        Column("heeded", "DOUBLE", "Mean of what is heeded instead; null where there are none.", unit="share"),
        Column("shift", "DOUBLE", "What is added to the log-odds; the same in each row.", required=True),
        Column("slope", "DOUBLE", "What the log-odds are multiplied by; the same in each row.", required=True),
    ),
)
