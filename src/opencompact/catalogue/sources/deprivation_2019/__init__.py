"""Indices of deprivation 2019, by district."""
