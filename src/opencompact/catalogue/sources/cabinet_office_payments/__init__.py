"""Cabinet Office payments over £25,000, six columns."""
