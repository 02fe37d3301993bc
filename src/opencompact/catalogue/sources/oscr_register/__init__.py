"""Scottish Charity Register, now and removed."""
