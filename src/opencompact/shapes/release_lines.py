"""Releases of procurement processes as read, one row each, with the fields that are used."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="release_lines",
    title="Procurement releases as read",
    description="One row for each OCDS release in each file, copies and examples included; what `processes` and `contracts` are merged from.",
    visibility="internal",
    columns=(
        Column("ocid", "VARCHAR", "Open contracting identifier of the process.", required=True),
        Column("release_id", "VARCHAR", "Identifier of the release; some publishers give none."),
        Column("released_at", "TIMESTAMP", "Instant of the release, UTC."),
        Column("tags", "VARCHAR", "OCDS tags of the release."),
        Column("content", "BIGINT", "Short checksum of the release: two with the same one say the same.", required=True),
        Column("is_plain", "BOOLEAN", "Each field that is read has its type and no list an object without identifier: most releases.", required=True),
        Column(
            "release",
            "VARCHAR",
            # not `required`: that is checked by reading it, which of this column costs a twentieth of the build; `content` is made of it
            "What is read of the release, as JSON: contact people, addresses and long texts are left out.",
            privacy="person",
        ),
        *ORIGIN,
    ),
)
