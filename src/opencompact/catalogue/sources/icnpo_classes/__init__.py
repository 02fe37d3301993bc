"""International classes of non-profit organisations (ICNPO)."""
