"""Classes of charities by a program."""
