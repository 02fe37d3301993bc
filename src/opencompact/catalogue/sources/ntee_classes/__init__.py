"""American classes of non-profit organisations (NTEE)."""
