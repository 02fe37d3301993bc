"""Find a Tender processes in OCDS."""
