"""Objects and governing documents of charities: set aside, not used yet."""
