"""Answers of a search engine about charities: set aside, made for testing a program."""
