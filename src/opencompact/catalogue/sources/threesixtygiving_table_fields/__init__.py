"""Grants in the 360Giving standard, as a table with the standard's field names."""
