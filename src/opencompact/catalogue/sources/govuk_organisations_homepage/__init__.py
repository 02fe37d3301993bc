"""Home page of GOV.UK organisations: set aside, it names none."""
