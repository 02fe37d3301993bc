"""Registered providers of social housing."""
