"""Indices of deprivation 2025, by district."""
