"""Local authorities of England."""
