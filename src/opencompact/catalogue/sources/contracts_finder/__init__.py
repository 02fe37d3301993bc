"""Contracts Finder releases."""
