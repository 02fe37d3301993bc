"""Wakefield Council payments by quarter."""
