"""Government grant schemes 2013-14."""
