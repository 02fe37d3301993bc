"""How Contracts Finder is asked: fortnights of releases by cursor, then day by day; 403 means too fast."""

from datetime import date

from opencompact.fetching.feed import Feed, Manners
from opencompact.fetching.packages import first_page, read_package

ROOT = "https://www.contractsfinder.service.gov.uk"
MANNERS = Manners(pause=2.0, waits={403: 300.0, 429: 300.0, 503: 300.0})


def feed(root: str = ROOT) -> Feed:
    """The OCDS search: no key, no count, `links.next` until there is none."""
    return Feed(
        first=first_page(f"{root}/Published/Notices/OCDS/Search", begin="publishedFrom", end="publishedTo", limit=100),
        read=read_package,
        manners=MANNERS,
        step=15,
        stages=("planning", "tender", "award"),
        limit=100,
        earliest=date(2014, 1, 1),
    )
