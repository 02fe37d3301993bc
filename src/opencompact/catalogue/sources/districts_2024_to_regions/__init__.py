"""Districts and regions of 2024."""
