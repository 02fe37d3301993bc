"""Periods a figure is given for: calendar year, quarter, financial year, and all."""

from datetime import date

ALL = "all"


def periods_of(day: date | None) -> tuple[str, ...]:
    """`("2011", "2011-Q3", "2011/12", "all")`; a case without a day counts in `all` alone."""
    if day is None:
        return (ALL,)
    return str(day.year), f"{day.year}-Q{(day.month + 2) // 3}", financial_year(day), ALL


def financial_year(day: date) -> str:
    """The financial year from 1 April, written `2011/12`."""
    began = day.year if day.month >= 4 else day.year - 1
    return f"{began}/{(began + 1) % 100:02}"


def period_kind(period: str) -> str:
    """`year`, `quarter`, `financial_year` or `all`."""
    if period == ALL:
        return ALL
    if "-Q" in period:
        return "quarter"
    return "financial_year" if "/" in period else "year"
