"""Classes of UK charities (UK-CAT)."""
