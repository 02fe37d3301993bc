"""Income and spending of charities by year, full extract: an example with invented values."""
