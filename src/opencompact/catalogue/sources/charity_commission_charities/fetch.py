"""How the Charity Commission's extract is had: one zip a table, taken again only when it has changed."""

from opencompact.fetching.addresses import chosen, no_pages
from opencompact.fetching.feed import Feed, Item, Manners, Request, Window

ROOT = "https://ccewuksprdoneregsadata1.blob.core.windows.net"
# The table of trustees is left where it is: it names people.
TABLES = (
    "charity",
    "charity_annual_return_history",
    "charity_annual_return_parta",
    "charity_annual_return_partb",
    "charity_area_of_operation",
    "charity_classification",
    "charity_event_history",
    "charity_governing_document",
    "charity_other_names",
    "charity_other_regulators",
    "charity_policy",
    "charity_published_report",
)


def feed(root: str = ROOT, only: tuple[str, ...] = ()) -> Feed:
    """`only` are tables of the extract; all of them but the trustees where none is named."""
    tables = chosen(only, TABLES, called="tables")
    requests = tuple(Request(f"{root}/data/txt/publicextract.{table}.zip", form="file", item=Item(table), if_changed=True) for table in tables)

    def first(_window: Window, _stage: str) -> tuple[Request, ...]:
        return requests

    return Feed(first=first, read=no_pages, manners=Manners(pause=2.0), step=0, every=1, chooses="table")
