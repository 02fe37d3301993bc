"""What the columns of the full extract mean: set aside, it holds no organisations."""
