"""How Find a Tender is asked: one day at a time by cursor, then again by stage; 429 and 503 mean too fast."""

from datetime import date

from opencompact.fetching.feed import Feed, Manners
from opencompact.fetching.packages import first_page, read_package

ROOT = "https://www.find-tender.service.gov.uk"
MANNERS = Manners(pause=12.0, waits={429: 120.0, 503: 120.0})


def feed(root: str = ROOT) -> Feed:
    """The release packages: no key, no count, `links.next` until there is none. A window of more than a day has lost releases without a word."""
    return Feed(
        first=first_page(f"{root}/api/1.0/ocdsReleasePackages", begin="updatedFrom", end="updatedTo", limit=100),
        read=read_package,
        manners=MANNERS,
        step=1,
        stages=("planning", "tender", "award"),
        limit=100,
        earliest=date(2021, 1, 2),
    )
