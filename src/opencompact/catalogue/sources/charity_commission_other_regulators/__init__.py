"""Other regulators of charities: set aside, not used yet."""
