"""Names given to local authorities."""
