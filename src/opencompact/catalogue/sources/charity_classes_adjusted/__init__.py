"""Classes of charities put right by hand."""
