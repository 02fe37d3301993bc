"""Payments over £25,000 in the Treasury's eight columns."""
