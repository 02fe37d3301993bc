"""Arts Council of Wales, grants."""
