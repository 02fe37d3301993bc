"""Grants of one organisation, as 360Giving's interface gives them."""
