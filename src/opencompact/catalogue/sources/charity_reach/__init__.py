"""How far the work of charities reaches."""
