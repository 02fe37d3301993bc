"""Other names of charities, full extract, as JSON."""
