"""Company numbers of charities and others."""
