"""Source cards: one folder a publication, with its card, its pure tidy.py and a small invented sample."""
