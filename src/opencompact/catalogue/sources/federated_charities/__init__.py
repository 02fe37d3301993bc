"""Members of federations."""
