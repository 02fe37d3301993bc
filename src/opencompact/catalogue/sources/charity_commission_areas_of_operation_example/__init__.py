"""Where charities work, full extract: an example with invented values."""
