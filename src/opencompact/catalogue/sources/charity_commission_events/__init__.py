"""What happened to charities, full extract."""
