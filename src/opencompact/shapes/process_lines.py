"""Procurement processes as merged, with the short checksum of the releases each was merged from."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.processes import PROCESS_COLUMNS
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="process_lines",
    title="Procurement processes as merged",
    description="One row for each process; a process whose releases have not changed since the build before is not merged again.",
    visibility="internal",
    key=("ocid",),
    columns=(
        *PROCESS_COLUMNS,
        Column("merged_from", "BIGINT", "Short checksum of the releases it was merged from, and of where they stand.", required=True),
        *ORIGIN,
    ),
)
