"""Consultations corrected for the move to GOV.UK, 2012."""
