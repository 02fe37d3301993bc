"""Answers of the geography portal: set aside, they tell where files are."""
