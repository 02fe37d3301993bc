"""Names with the numbers their publishers declared: set aside, for testing the matching."""
