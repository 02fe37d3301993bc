"""Codes of local authorities, national and of the register."""
