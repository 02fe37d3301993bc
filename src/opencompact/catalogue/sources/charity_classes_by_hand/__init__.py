"""Classes of charities by hand, with their accounts."""
