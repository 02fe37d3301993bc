"""Trustees of charities: set aside, because they name people."""
