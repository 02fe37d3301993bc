"""Company numbers of charitable incorporated organisations."""
