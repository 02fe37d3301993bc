"""Other names of charities, full extract: an example with invented values."""
