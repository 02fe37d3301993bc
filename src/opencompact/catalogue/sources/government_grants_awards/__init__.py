"""Government Grants awards."""
