"""International classes of the sector (ICNP/TSO)."""
