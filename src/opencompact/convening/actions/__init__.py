"""What is done in convening: `meetings` and `roundtables`, imported by name."""
