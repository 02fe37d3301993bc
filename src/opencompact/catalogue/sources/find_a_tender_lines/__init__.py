"""Find a Tender notices in OCDS, one a line."""
