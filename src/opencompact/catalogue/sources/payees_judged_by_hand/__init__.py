"""Payees judged by hand: set aside, for testing the matching."""
