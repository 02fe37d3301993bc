"""Public Contracts Scotland notices in OCDS, one a line."""
