"""Company numbers of academy trusts."""
