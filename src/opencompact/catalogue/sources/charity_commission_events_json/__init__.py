"""What happened to charities, full extract, as JSON."""
