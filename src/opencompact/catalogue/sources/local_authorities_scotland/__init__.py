"""Local authorities of Scotland."""
