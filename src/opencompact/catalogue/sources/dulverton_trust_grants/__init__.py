"""Dulverton Trust grants."""
