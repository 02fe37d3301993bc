"""Contracts Finder notices in OCDS, one a line."""
