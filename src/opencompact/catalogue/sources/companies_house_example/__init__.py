"""Companies: an example of the free file."""
