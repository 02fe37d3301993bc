"""Grant schemes as read from each register."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SCHEME_COLUMNS = (
    Column("body", "VARCHAR", "GOV.UK slug of the department.", required=True, privacy="organisation"),
    Column("department", "VARCHAR", "Department as published.", required=True, privacy="organisation"),
    Column("scheme", "VARCHAR", "What the scheme is called, or what it is for, as published.", required=True),
    Column("scheme_code", "VARCHAR", "The register's own code of the scheme."),
    Column("year", "VARCHAR", "Financial year, `2013-14`.", required=True),
    Column("amount", "DECIMAL(18,2)", "Given under the scheme in the year; below nought where money was taken back.", unit="GBP", required=True),
    Column("recipients", "BIGINT", "How many recipients, where the register gives a number.", unit="count"),
    Column("recipient_sector", "VARCHAR", "Kind of recipient as published; several may be named at once."),
    Column("names_voluntary", "BOOLEAN", "The kind of recipient names the voluntary sector, alone or with others; null where none is given."),
    Column("allocation_method", "VARCHAR", "How recipients were chosen, or the category of grant, as published."),
)

SHAPE = Shape(
    name="grant_scheme_lines",
    title="Grant schemes as read",
    description="One row for each row of each register of grant schemes, copies included.",
    visibility="internal",
    columns=(*SCHEME_COLUMNS, *ORIGIN),
)
