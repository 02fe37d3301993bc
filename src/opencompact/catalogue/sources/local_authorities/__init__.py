"""Local authorities of the United Kingdom."""
