"""Charities on the register of research bodies."""
