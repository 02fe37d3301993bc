"""Trafford Council, voluntary sector grants."""
