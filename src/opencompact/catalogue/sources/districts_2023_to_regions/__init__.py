"""Districts and regions of 2023."""
