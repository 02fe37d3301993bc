"""Royal charters of universities."""
