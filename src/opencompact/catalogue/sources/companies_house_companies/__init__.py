"""Companies of the kinds that may be of the sector."""
