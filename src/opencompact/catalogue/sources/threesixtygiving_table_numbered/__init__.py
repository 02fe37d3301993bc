"""Grants in the 360Giving standard, as a table with numbered headings."""
