"""Releases in the abstract: their numbers, tables, package, change note, method pages and search words."""
