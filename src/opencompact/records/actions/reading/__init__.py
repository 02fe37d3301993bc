"""Reads the files given into lines: knows each file, tidies it, keeps its problems, reuses what has not changed."""

from opencompact.records.actions.reading.giving import NoInput, find_inputs
from opencompact.records.actions.reading.running import Step, line_tables, read

__all__ = ["NoInput", "Step", "find_inputs", "line_tables", "read"]
