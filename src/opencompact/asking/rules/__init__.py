"""Pure rules of asking."""
