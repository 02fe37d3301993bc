"""Small areas of local authorities."""
