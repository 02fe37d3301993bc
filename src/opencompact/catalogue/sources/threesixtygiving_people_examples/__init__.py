"""Examples of grants to people in the 360Giving standard."""
