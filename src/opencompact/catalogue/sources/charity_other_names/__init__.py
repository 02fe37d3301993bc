"""Other names of charities."""
