"""Charity and company numbers of independent schools."""
