"""What happened to charities, full extract: an example with invented values."""
