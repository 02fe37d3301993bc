"""Other names of charities, full extract."""
