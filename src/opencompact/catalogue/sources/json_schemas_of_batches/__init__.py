"""Descriptions of batches of answers (JSON Schema): set aside, they hold no organisations."""
