"""Detailed accounts of charities: set aside, not used yet."""
