"""Trades (SIC 2007)."""
