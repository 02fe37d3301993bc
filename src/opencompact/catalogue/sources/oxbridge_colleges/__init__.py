"""Charity numbers of colleges of Oxford and Cambridge."""
