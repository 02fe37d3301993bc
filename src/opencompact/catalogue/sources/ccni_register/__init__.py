"""Register of charities of Northern Ireland."""
