"""Indicators measured and verdicts graded."""
