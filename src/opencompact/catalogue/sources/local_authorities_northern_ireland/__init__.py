"""Local authorities of Northern Ireland."""
