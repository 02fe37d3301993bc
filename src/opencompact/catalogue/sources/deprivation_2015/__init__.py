"""Indices of deprivation 2015, by district."""
