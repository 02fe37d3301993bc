"""Lloyds Bank Foundation grants."""
