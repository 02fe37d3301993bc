"""Organisations: one row each for everyone identified in the record or on a register."""

from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="organisations",
    title="Organisations",
    description="Every organisation on a register held here or identified in the record; of ordinary companies those identified alone.",
    visibility="public",
    key=("organisation_id",),
    columns=(
        Column("organisation_id", "VARCHAR", "Org-id; GB-CHC before GB-SC, GB-NIC, GB-COH.", required=True, privacy="organisation"),
        Column("name", "VARCHAR", "Name on the register, else the commonest published one.", required=True, privacy="organisation"),
        Column("kind", "VARCHAR", "Kind, from the vocabulary `organisation-kinds`.", required=True),
        Column("kind_because", "VARCHAR", "The rule that decided the kind."),
        Column("is_voluntary", "BOOLEAN", "Counted as a voluntary organisation.", required=True),
        Column("is_general_charity", "BOOLEAN", "A general charity as NCVO defines it; null where it cannot be told."),
        Column("general_charity_because", "VARCHAR", "The rule that decided it."),
        Column("size_band", "VARCHAR", "Band of yearly income, from the vocabulary `size-bands`; `not_held` where no income is held.", required=True),
        Column("income", "DECIMAL(18,2)", "The income the band rests on.", unit="GBP"),
        Column("income_year_ends_on", "DATE", "End of that financial year."),
        Column("on_register", "BOOLEAN", "Whether the entry is on a register held here; the registers held are partial.", required=True),
        Column("other_ids", "VARCHAR", "Other identifiers, separated by `;`."),
        Column("standing", "VARCHAR", "Real record or invented sample country.", required=True),
    ),
)
