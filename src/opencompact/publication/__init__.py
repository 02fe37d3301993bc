"""Frozen releases, their checks and the search over them."""
