"""Names on the charity registers."""
