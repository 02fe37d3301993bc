"""Where charities work, full extract, as JSON."""
