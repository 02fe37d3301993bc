"""The reconciliation service: names and numbers in, organisations of the release out, by the W3C community group's API 0.2, as OpenRefine asks it."""
