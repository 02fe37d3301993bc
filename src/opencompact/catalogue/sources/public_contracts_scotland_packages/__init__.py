"""Public Contracts Scotland notices in OCDS."""
