"""Government grant schemes 2014-15."""
