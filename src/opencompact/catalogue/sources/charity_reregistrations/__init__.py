"""Charities registered anew."""
