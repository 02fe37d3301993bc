"""Example tables of the 360Giving standard."""
