"""An answer of a search engine about companies: set aside, made for testing a program."""
