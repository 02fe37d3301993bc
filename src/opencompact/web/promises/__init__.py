"""Pages about the promises: home, agreements and undertakings."""
