"""Layouts of districts as hexagons."""
