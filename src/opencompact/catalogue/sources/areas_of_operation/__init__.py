"""Areas of operation of charities and their codes."""
