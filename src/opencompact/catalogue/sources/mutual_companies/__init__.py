"""Companies on the mutuals register."""
