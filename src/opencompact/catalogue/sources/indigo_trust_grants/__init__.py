"""Indigo Trust grants."""
