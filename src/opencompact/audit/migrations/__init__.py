"""Changes of the audit table over time."""
