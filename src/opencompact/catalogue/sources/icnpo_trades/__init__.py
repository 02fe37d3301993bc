"""Classes of the sector beside trades: set aside, not used yet."""
