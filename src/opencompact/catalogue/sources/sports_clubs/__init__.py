"""Community amateur sports clubs: set aside, examples without a number of theirs."""
