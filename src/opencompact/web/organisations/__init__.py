"""Pages about voluntary organisations: what public money each was found to have had; no verdict and no ranking."""
