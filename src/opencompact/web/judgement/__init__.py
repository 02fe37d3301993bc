"""Pages about judgement: bodies, and the methods by which figures are made."""
