"""Income and spending of charities by year, full extract."""
