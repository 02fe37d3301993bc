"""Geographic codes of other lists."""
