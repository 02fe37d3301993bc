"""Example content items of consultations, from GOV.UK's own schemas."""
