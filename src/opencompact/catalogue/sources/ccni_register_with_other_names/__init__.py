"""Register of charities, Charity Commission for Northern Ireland, with other names."""
