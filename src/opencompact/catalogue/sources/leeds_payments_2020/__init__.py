"""Leeds City Council payments, header of 2020."""
