"""What charities do, full extract, as JSON."""
