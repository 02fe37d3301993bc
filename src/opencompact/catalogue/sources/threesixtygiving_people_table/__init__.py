"""Grants to people in the 360Giving standard, as a table."""
