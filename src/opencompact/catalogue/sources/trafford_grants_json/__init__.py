"""Trafford Council, voluntary sector grants, as JSON."""
