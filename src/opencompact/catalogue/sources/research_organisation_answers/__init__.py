"""Answers of the register of research organisations: set aside, examples."""
