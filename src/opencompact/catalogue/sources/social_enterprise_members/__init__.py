"""Members of lists of social enterprises, as somebody who holds such a list gives them."""
