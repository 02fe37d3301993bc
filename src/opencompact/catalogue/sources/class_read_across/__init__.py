"""Classes of one register beside those of another: set aside, not used yet."""
