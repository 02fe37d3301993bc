"""What charities do, full extract: an example with invented values."""
