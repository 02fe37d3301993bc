"""Find a Tender notices in OCDS."""
