"""Names of ordinary companies: the least that tells a payee which is a firm."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="company_names",
    title="Names of ordinary companies",
    description=(
        "The present name of each company of a category that is not of the sector. There are millions, so they stand apart from the names on the registers: "
        "a payee of exactly such a name is a firm, and nothing is likened to them."
    ),
    visibility="internal",
    columns=(
        Column("organisation_id", "VARCHAR", "Register entry in org-id form.", required=True, privacy="organisation"),
        Column("name", "VARCHAR", "Name on the register.", required=True, privacy="organisation"),
        Column("status", "VARCHAR", "Status on the register, as published."),
        Column("registered_on", "DATE", "Day registered."),
        Column("removed_on", "DATE", "Day dissolved."),
        *ORIGIN,
    ),
)
