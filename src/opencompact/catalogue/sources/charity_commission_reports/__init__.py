"""Published reports on charities: set aside, not used yet."""
