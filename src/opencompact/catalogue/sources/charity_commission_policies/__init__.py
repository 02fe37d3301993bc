"""Policies of charities: set aside, not used yet."""
