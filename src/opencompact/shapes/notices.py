"""Notices of procurement processes, one for each release."""

from opencompact.shapes.origin import ORIGIN
from opencompact.shapes.shape import Column, Shape

SHAPE = Shape(
    name="notices",
    title="Procurement notices",
    description="One row for each release of each process, in order; a release that stands in several files counts once.",
    visibility="public",
    key=("ocid", "place"),
    columns=(
        Column("ocid", "VARCHAR", "Open contracting identifier of the process.", required=True),
        Column("place", "BIGINT", "Place among the releases of the process, from 1.", required=True),
        Column("release_id", "VARCHAR", "Identifier of the release; some publishers give none."),
        Column("kind", "VARCHAR", "UK1 to UK17 where the feed gives the notice's number, else a tag of the release."),
        Column("tags", "VARCHAR", "OCDS tags of the release."),
        Column("does", "VARCHAR", "What it does in the process (early, opens, cancels, ends), where it is one of these."),
        Column("published_on", "DATE", "Day of the release."),
        Column("document_id", "VARCHAR", "Number of the notice."),
        Column("url", "VARCHAR", "Address of the notice."),
        *ORIGIN,
    ),
)
