"""Classes of community interest companies by a program."""
