"""Bank holidays: set aside, the calendar of the program holds them."""
