"""Districts and upper authorities of 2023."""
