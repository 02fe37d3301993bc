"""Sports clubs beside companies: set aside, examples matched by name."""
