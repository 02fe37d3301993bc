"""How promptly bodies pay their suppliers, as they publish it each year."""
