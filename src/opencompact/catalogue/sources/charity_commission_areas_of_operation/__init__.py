"""Where charities work, full extract."""
