"""Local authorities of Wales."""
