"""How a search engine holds companies: set aside, made for testing a program."""
