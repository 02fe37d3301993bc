"""Register of mergers."""
