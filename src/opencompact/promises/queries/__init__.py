"""What pages ask of promises: `agreements` of the lake, `ledger` of the office's tables (which needs Django set up, so it is imported by name)."""
