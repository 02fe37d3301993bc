"""Prompt payment: what share of invoices a body paid in time, year by year, as it published it."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="prompt_payments",
    title="Prompt payment",
    description="One row for each body and year in each file read: figures as the body published them, none of them worked out here.",
    visibility="public",
    key=("source_file", "source_row"),
    columns=(
        Column("body", "VARCHAR", "GOV.UK slug of the body, else its org-id.", required=True, privacy="organisation"),
        Column("financial_year", "VARCHAR", "Financial year as published, `2017/18`."),
        Column("ends_on", "DATE", "Last day of the year or period."),
        Column("paid_on_time", "DOUBLE", "Share of invoices paid within the time allowed, 30 days unless agreed otherwise.", unit="share from 0 to 1"),
        Column("late_invoices", "BIGINT", "Invoices not paid in time.", unit="invoices"),
        Column("interest_paid", "DECIMAL(18,2)", "Interest paid to suppliers for lateness.", unit="GBP"),
        Column("interest_owed", "DECIMAL(18,2)", "Interest suppliers could have asked for.", unit="GBP"),
        *ORIGIN,
    ),
)
