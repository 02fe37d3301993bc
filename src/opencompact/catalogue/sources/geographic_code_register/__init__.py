"""Kinds of geographic codes: set aside, the vocabulary area-kinds holds them."""
