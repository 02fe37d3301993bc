"""Charities registered in Scotland and in England and Wales."""
