"""Research organisations of the world: set aside, examples of the register."""
