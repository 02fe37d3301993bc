"""Example pages of organisations of GOV.UK's content schemas."""
