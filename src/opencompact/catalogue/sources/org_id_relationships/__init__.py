"""How registered numbers belong together."""
