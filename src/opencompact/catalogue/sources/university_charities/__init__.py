"""Charity numbers of universities."""
