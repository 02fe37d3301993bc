"""Payments of NHS bodies."""
