"""Values without knowledge of any room: days, money, identifiers."""
