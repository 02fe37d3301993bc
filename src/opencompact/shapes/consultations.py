"""Consultations, one row each: the dates a body gave, and what was found about a short one."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

EXPLANATIONS = ("given", "none_found", "not_held", "not_needed")

CONSULTATION_COLUMNS = (
    Column("consultation_id", "VARCHAR", "Body and last part of the page's address: `department-for-examples/water-2031`.", required=True),
    Column("body", "VARCHAR", "GOV.UK slug of the body named first, as it was named at the time.", required=True, privacy="organisation"),
    Column("bodies", "VARCHAR", "All bodies named, slugs separated by `;`."),
    Column("title", "VARCHAR", "Title as published."),
    Column("url", "VARCHAR", "Address of the page."),
    Column("kind", "VARCHAR", "What the body called it.", words=("consultation", "call_for_evidence", "other")),
    Column("opened_on", "DATE", "Day it opened."),
    Column("closed_on", "DATE", "Day it closes or closed, the last one given."),
    Column("first_closed_on", "DATE", "Closing day first given, where the page's history tells of a move."),
    Column("days_open", "BIGINT", "Closing date minus opening date.", unit="days"),
    Column("responded_on", "DATE", "Day the outcome or response was published."),
    Column("summary", "VARCHAR", "The publisher's own short description."),
    Column("page_text", "VARCHAR", "Text of the page as held, searched for explanations."),
    Column("documents", "BIGINT", "Documents attached to the page.", unit="documents"),
    Column("documents_read", "BIGINT", "Attached documents whose text is held and was searched.", unit="documents"),
    Column("read_on", "DATE", "Day the page's text was taken."),
)

SHAPE = Shape(
    name="consultations",
    title="Consultations",
    description="Every consultation held, with its length and the search for an explanation of a short one.",
    visibility="public",
    key=("consultation_id",),
    columns=(
        *(column for column in CONSULTATION_COLUMNS if column.name != "page_text"),
        Column("working_days", "BIGINT", "Working days of England and Wales inside the window, opening day excluded, closing day included.", unit="days"),
        Column("holiday_days", "BIGINT", "Days of the window that fall in a bank holiday, August, or the Easter or Christmas window.", unit="days"),
        Column("holidays", "VARCHAR", "Which holidays the window spans, separated by `; `."),
        Column("response_due_on", "DATE", "Closing date plus 84 days, where a rule in force at launch set that clock."),
        Column(
            "response_state", "VARCHAR", "Where the response stands.", words=("in_time", "late", "overdue", "not_due", "published_on_unknown_day", "not_held")
        ),
        Column("sector_relevance", "VARCHAR", "Whether the page's words show that it concerns the voluntary sector.", words=("yes", "unknown")),
        Column("relevance_quote", "VARCHAR", "The words that show it."),
        Column("explanation", "VARCHAR", "For one under 84 days: what the search for a reason found.", words=EXPLANATIONS),
        Column("explanation_quote", "VARCHAR", "The words quoted."),
        Column("explanation_found_in", "VARCHAR", "Where the words stand, or where was searched."),
        Column("softened_by", "VARCHAR", "What was done to soften a short one, quoted, separated by ` | `."),
        *ORIGIN,
    ),
)
