"""Grants of any publisher in the 360Giving standard, as JSON."""
