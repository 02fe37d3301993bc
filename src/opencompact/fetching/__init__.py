"""Asks live sources politely, keeps every answer whole or not at all, and accounts for each request; knows no source by itself."""
