"""Boundaries of districts of England, 2024."""
