"""Average scores of the index of deprivation 2015, by district."""
