"""What doors ask of releases: which there are, their tables, a search over them, and whether they stand as they were made."""

from opencompact.publication.queries.checking import Fault, verify
from opencompact.publication.queries.reading import NoRelease, ReleaseReader, is_current, numbers, open_release, read_release, release_folder, releases
from opencompact.publication.queries.searching import Found, Hit, search

__all__ = [
    "Fault",
    "Found",
    "Hit",
    "NoRelease",
    "ReleaseReader",
    "is_current",
    "numbers",
    "open_release",
    "read_release",
    "release_folder",
    "releases",
    "search",
    "verify",
]
