"""Example documents of the 360Giving standard."""
