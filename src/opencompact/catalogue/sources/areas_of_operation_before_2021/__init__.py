"""Areas of operation of charities before 2021 and their codes."""
