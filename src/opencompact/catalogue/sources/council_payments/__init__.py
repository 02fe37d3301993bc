"""Payments of councils and other public bodies."""
