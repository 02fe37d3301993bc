"""The benchmark: what is made, what is run, side by side."""
