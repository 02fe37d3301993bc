"""Sell2Wales notices in OCDS."""
