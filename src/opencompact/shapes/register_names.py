"""Names on the registers, one row for each name of each entry: what links are made from."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="register_names",
    title="Names on the registers",
    description="Each name, present or former, of each registered organisation and public body.",
    visibility="internal",
    columns=(
        Column("organisation_id", "VARCHAR", "Register entry in org-id form.", required=True, privacy="organisation"),
        Column("name", "VARCHAR", "Name on the register.", required=True, privacy="organisation"),
        Column("name_kind", "VARCHAR", "Which of its names.", words=("main", "working", "other", "former")),
        Column("from_on", "DATE", "First day it bore the name, where the source tells it."),
        Column("to_on", "DATE", "Last day it bore the name, where the source tells it."),
        Column("register", "VARCHAR", "Which register.", required=True),
        Column("kind", "VARCHAR", "Kind of organisation, where the register itself tells it."),
        Column("slug", "VARCHAR", "GOV.UK slug, for public bodies."),
        Column("status", "VARCHAR", "Status on the register, as published."),
        Column("income", "DECIMAL(18,2)", "Latest yearly income on the register.", unit="GBP"),
        Column("income_year_ends_on", "DATE", "End of that financial year."),
        Column("registered_on", "DATE", "Day registered."),
        Column("removed_on", "DATE", "Day removed or closed."),
        Column("company_number", "VARCHAR", "Company number the register gives."),
        Column("postcode", "VARCHAR", "Postcode of its office; never shown."),
        *ORIGIN,
    ),
)
