"""What charities do, full extract."""
