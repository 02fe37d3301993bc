"""Districts of 2022 and what they became in 2023."""
