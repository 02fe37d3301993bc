"""What pages ask of convening: `meetings` and `roundtables`, imported by name."""
